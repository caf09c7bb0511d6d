package dev.mtc.engine.internal.objects;

import dev.mtc.api.VolumeChoice;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    @Test
    void apply_claim_isLeftToMovers() {
        TransformCase.of(
                        new Claims(TransformCase.settings(plan -> plan.volume("shop/cache", VolumeChoice.skip())
                                .volume("shop/files", VolumeChoice.copy().rename("documents"))
                                .volume("shop/data-db-0", VolumeChoice.copy().storageClass("fast")))),
                        "persistentvolumeclaims",
                        """
metadata: {name: files}
""")
                .isSkipped("volume movers");
    }

    @Test
    void apply_skippedClaim_saysSo() {
        TransformCase.of(
                        new Claims(TransformCase.settings(plan -> plan.volume("shop/cache", VolumeChoice.skip())
                                .volume("shop/files", VolumeChoice.copy().rename("documents"))
                                .volume("shop/data-db-0", VolumeChoice.copy().storageClass("fast")))),
                        "persistentvolumeclaims",
                        """
metadata: {name: cache}
""")
                .isSkipped("plan skips");
    }

    @Test
    void apply_volume_isSkipped() {
        TransformCase.of(
                        new Claims(TransformCase.settings(plan -> plan.volume("shop/cache", VolumeChoice.skip())
                                .volume("shop/files", VolumeChoice.copy().rename("documents"))
                                .volume("shop/data-db-0", VolumeChoice.copy().storageClass("fast")))),
                        "persistentvolumes",
                        """
metadata: {name: pv}
""")
                .isSkipped("with their claims");
    }

    @Test
    void apply_claimAsObject_losesBinding() {
        TransformCase.of(
                        new Claims(TransformCase.settings().claimsAsObjects()),
                        "persistentvolumeclaims",
                        """
metadata: {name: files, annotations: {pv.kubernetes.io/bind-completed: "yes", volume.kubernetes.io/selected-node: n}}
spec: {volumeName: pv-1, storageClassName: fast}
""")
                .becomes("""
metadata: {name: files}
spec: {storageClassName: fast}
""");
    }

    @Test
    void apply_podOfRenamedClaim_mountsNewName() {
        TransformCase.of(
                        new Claims(TransformCase.settings(plan -> plan.volume("shop/cache", VolumeChoice.skip())
                                .volume("shop/files", VolumeChoice.copy().rename("documents"))
                                .volume("shop/data-db-0", VolumeChoice.copy().storageClass("fast")))),
                        "deployments.apps",
                        """
spec: {template: {spec: {containers: [{name: c, image: i}], volumes: [{name: v, persistentVolumeClaim: {claimName: files}}]}}}
""")
                .warnsNothing()
                .becomes(
                        """
spec: {template: {spec: {containers: [{name: c, image: i}], volumes: [{name: v, persistentVolumeClaim: {claimName: documents}}]}}}
""");
    }

    @Test
    void apply_podOfSkippedClaim_warns() {
        TransformCase.of(
                        new Claims(TransformCase.settings(plan -> plan.volume("shop/cache", VolumeChoice.skip())
                                .volume("shop/files", VolumeChoice.copy().rename("documents"))
                                .volume("shop/data-db-0", VolumeChoice.copy().storageClass("fast")))),
                        "deployments.apps",
                        """
spec: {template: {spec: {containers: [{name: c, image: i}], volumes: [{name: v, persistentVolumeClaim: {claimName: cache}}]}}}
""")
                .warns("VolumeSkipped");
    }

    @Test
    void apply_claimTemplate_getsChosenClass() {
        TransformCase.of(
                        new Claims(TransformCase.settings(plan -> plan.volume("shop/cache", VolumeChoice.skip())
                                .volume("shop/files", VolumeChoice.copy().rename("documents"))
                                .volume("shop/data-db-0", VolumeChoice.copy().storageClass("fast")))),
                        "statefulsets.apps",
                        """
metadata: {name: db}
spec: {volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: old}}]}
""")
                .becomes(
                        """
metadata: {name: db}
spec: {volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: fast}}]}
""");
    }
}

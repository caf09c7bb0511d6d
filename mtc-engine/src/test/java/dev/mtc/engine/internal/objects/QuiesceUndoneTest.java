package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class QuiesceUndoneTest {

    @Test
    void apply_scaledDownDeployment_getsReplicasAndPausedBack() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "deployments.apps",
                        """
metadata: {name: web, annotations: {migration.openshift.io/preQuiesceReplicas: "3", migration.openshift.io/preQuiescePaused: "true", note: mine}}
spec: {replicas: 0, paused: false}
""")
                .becomes("""
metadata: {name: web, annotations: {note: mine}}
spec: {replicas: 3, paused: true}
""");
    }

    @Test
    void apply_setThatKeepsItsClaimsWhileItIsStopped_getsItsPolicyBack() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "statefulsets.apps",
                        """
metadata: {name: db, annotations: {migration.openshift.io/preQuiesceReplicas: "3", migration.openshift.io/preQuiesceClaimRetention: Delete}}
spec: {replicas: 0, persistentVolumeClaimRetentionPolicy: {whenScaled: Retain}}
""")
                .becomes(
                        """
metadata: {name: db}
spec: {replicas: 3, persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}}
""");
    }

    @Test
    void apply_scaledUpByUserMeanwhile_keepsReplicas() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "statefulsets.apps",
                        """
metadata: {name: db, annotations: {migration.openshift.io/preQuiesceReplicas: "3"}}
spec: {replicas: 2}
""")
                .becomes("""
metadata: {name: db}
spec: {replicas: 2}
""");
    }

    @Test
    void apply_quiescedJob_getsParallelismBack() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "jobs.batch",
                        """
metadata: {name: j, annotations: {migration.openshift.io/preQuiesceReplicas: "2"}}
spec: {parallelism: 0}
""")
                .becomes("""
metadata: {name: j}
spec: {parallelism: 2}
""");
    }

    @Test
    void apply_suspendedCronJob_getsOriginalValueBack() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "cronjobs.batch",
                        """
metadata: {name: c, annotations: {migration.openshift.io/preQuiesceSuspend: "false"}}
spec: {suspend: true}
""")
                .becomes("""
metadata: {name: c}
spec: {suspend: false}
""");
    }

    @Test
    void apply_cronJobThatMtcFoundOrMadeSuspended_staysSuspendedWithAWarning() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "cronjobs.batch",
                        """
metadata: {name: c, annotations: {migration.openshift.io/preQuiesceSuspend: "true"}}
spec: {suspend: true}
""")
                .warns("QuiesceNotUndone")
                .becomes("""
metadata: {name: c}
spec: {suspend: true}
""");
    }

    @Test
    void apply_daemonSetWithoutSelector_losesNodeSelector() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "daemonsets.apps",
                        """
metadata: {name: d, annotations: {migration.openshift.io/preQuiesceNodeSelector: "{}"}}
spec: {template: {spec: {nodeSelector: {migration.openshift.io/quiesceDaemonSet: "true"}}}}
""")
                .becomes("""
metadata: {name: d}
spec: {template: {spec: {}}}
""");
    }

    @Test
    void apply_daemonSetWithSelector_getsItBack() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "daemonsets.apps",
                        """
metadata: {name: d, annotations: {migration.openshift.io/preQuiesceNodeSelector: '{"disk":"ssd"}'}}
spec: {template: {spec: {nodeSelector: {disk: ssd, migration.openshift.io/quiesceDaemonSet: "true"}}}}
""")
                .becomes("""
metadata: {name: d}
spec: {template: {spec: {nodeSelector: {disk: ssd}}}}
""");
    }

    @Test
    void apply_unreadableAnnotation_warns() {
        TransformCase.of(
                        new QuiesceUndone(),
                        "deployments.apps",
                        """
metadata: {name: web, annotations: {migration.openshift.io/preQuiesceReplicas: many}}
""")
                .warns("QuiesceNotUndone");
    }
}

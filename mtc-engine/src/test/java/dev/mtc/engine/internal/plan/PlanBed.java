package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.CopyMethod;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.Registry;
import dev.mtc.api.Storage;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Two clusters with a namespace, and everything that can be wrong with a plan for it. */
public final class PlanBed implements AutoCloseable {

    private static final String CLAIM =
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: %s, namespace: %s}
            spec:
              accessModes: [ReadWriteOnce]
              volumeMode: %s
              resources: {requests: {storage: 1Gi}}
            """;
    static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              nodeSelector: {gpu: big, kubernetes.io/arch: amd64}
              containers: [{name: web, image: web}]
            status:
              phase: Running
              containerStatuses:
              - {name: web, ready: false, restartCount: 9, image: web, imageID: "", state: {waiting: {reason: %s}}}
            """;
    /** One that claims without a storage class can bind to. */
    private static final String VOLUME =
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: by-hand}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteOnce]
              hostPath: {path: /data}
            status:
              phase: Available
            """;

    static final String STORAGE_CLASS =
            """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: %s}
            provisioner: %s
            """;

    public final EmbeddedCluster source =
            EmbeddedCluster.builder("old").withoutWorkloads().start();
    public final EmbeddedCluster target =
            EmbeddedCluster.builder("new").withoutWorkloads().start();

    /** Makes the namespace on the source. */
    public PlanBed() {
        create(source, namespace("shop"));
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }

    static String namespace(String name, String... annotations) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", annotations: {"
                + String.join(", ", annotations) + "}}\n";
    }

    static void create(EmbeddedCluster cluster, String yaml) {
        KubernetesClient client = cluster.client();
        for (HasMetadata object : client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            client.resource(object).create();
            if (yaml.contains("\nstatus:")) {
                client.resource(object).patchStatus();
            }
        }
        assertThat(cluster.settle(Duration.ofSeconds(20))).isTrue();
    }

    static void define(EmbeddedCluster cluster, String plural, String group, String kind) {
        create(
                cluster,
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %1$s.%2$s}
                spec:
                  group: %2$s
                  scope: Namespaced
                  names: {plural: %1$s, kind: %3$s}
                  versions:
                  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
                """
                        .formatted(plural, group, kind));
    }

    static void object(EmbeddedCluster cluster, String apiVersion, String kind) {
        create(cluster, "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: one, namespace: shop}\n");
    }

    /** {@return the plan that is fine as long as nothing is broken} */
    public PlanBuilder planned() {
        return Plan.named("shop")
                .from(Clusters.of("old", source.client()))
                .to(Clusters.of("new", target.client()))
                .namespace("shop");
    }

    /** One thing that is wrong, and what is said of it. */
    public record Case(
            String code, String reason, Severity severity, BiFunction<PlanBed, PlanBuilder, PlanBuilder> cause) {
        @Override
        public String toString() {
            return code + "/" + reason;
        }
    }

    private static Case critical(String code, String reason, BiFunction<PlanBed, PlanBuilder, PlanBuilder> cause) {
        return new Case(code, reason, Severity.CRITICAL, cause);
    }

    private static Case error(String code, String reason, BiFunction<PlanBed, PlanBuilder, PlanBuilder> cause) {
        return new Case(code, reason, Severity.ERROR, cause);
    }

    private static Case warn(String code, String reason, BiFunction<PlanBed, PlanBuilder, PlanBuilder> cause) {
        return new Case(code, reason, Severity.WARN, cause);
    }

    /** {@return everything that can be wrong} */
    public static Stream<Case> cases() {
        return Stream.of(clustersAndNamespaces(), contents(), volumes(), conversions())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> clustersAndNamespaces() {
        return Stream.of(
                critical("SourceClusterNotReady", "", (bed, plan) -> {
                    bed.source.faults().failNext("*", "*", 100, 401);
                    return plan;
                }),
                critical("DestinationClusterNotReady", "", (bed, plan) -> {
                    bed.target.close();
                    return plan;
                }),
                critical("StorageNotReady", "", (bed, plan) -> plan.via(Storage.directory(Path.of("nowhere")))),
                critical(
                        "IntraClusterMigration",
                        "ConflictingNamespaces",
                        (bed, plan) -> plan.to(Clusters.of("same", bed.source.client()))),
                warn("IntraClusterMigration", "ConflictingPermissions", (bed, plan) -> {
                    create(bed.source, namespace("ranged", "openshift.io/sa.scc.uid-range: 1000/10"));
                    create(bed.target, namespace("ranged", "openshift.io/sa.scc.uid-range: 2000/10"));
                    return plan.namespace("ranged");
                }),
                critical("NamespaceNotFoundOnSourceCluster", "NotFound", (bed, plan) -> plan.namespace("shopp")),
                critical("NamespaceNotFoundOnDestinationCluster", "NotFound", (bed, plan) -> {
                    bed.target.access().deny("create", "namespaces");
                    return plan;
                }));
    }

    private static Stream<Case> contents() {
        return Stream.of(
                critical("SourceClusterNoRegistryPath", "NotSet", (bed, plan) -> {
                    define(bed.source, "imagestreams", "image.openshift.io", "ImageStream");
                    define(bed.target, "imagestreams", "image.openshift.io", "ImageStream");
                    object(bed.source, "image.openshift.io/v1", "ImageStream");
                    return plan;
                }),
                critical(
                        "DestinationClusterNoRegistryPath",
                        "NotSet",
                        (bed, plan) -> plan.from(
                                Clusters.of("old", bed.source.client()).registry(Registry.at("old.example")))),
                warn("NamespacesHaveNodeSelectors", "NodeSelectorsDetected", (bed, plan) -> {
                    create(bed.source, POD.formatted("ContainerCreating"));
                    return plan;
                }),
                warn("SourcePodsNotHealthy", "NotHealthy", (bed, plan) -> {
                    create(bed.source, POD.formatted("CrashLoopBackOff"));
                    return plan;
                }),
                warn("ResourceNotReadable", "", (bed, plan) -> {
                    bed.source.access().deny("list", "pods");
                    return plan;
                }),
                critical(
                        "InvalidHookNSName",
                        "NotSet",
                        (bed, plan) -> plan.hook(
                                HookPoint.PRE_BACKUP, Hook.image("hook").inNamespace("nowhere"))),
                critical(
                        "InvalidHookSAName",
                        "NotSet",
                        (bed, plan) -> plan.hook(
                                HookPoint.PRE_BACKUP, Hook.image("hook").serviceAccount("nobody"))),
                critical("InvalidResourceList", "", (bed, plan) -> plan.includeResources("unicorns.example.com")),
                warn("GVKsIncompatible", "", (bed, plan) -> {
                    define(bed.source, "boats", "sea.example.com", "Boat");
                    object(bed.source, "sea.example.com/v1", "Boat");
                    return plan;
                }));
    }

    private static Stream<Case> volumes() {
        return Stream.of(
                error("InvalidPVCs", "", (bed, plan) -> plan.volume("shop/none", VolumeChoice.skip())),
                critical("ConflictingPVCMappings", "PvNameConflict", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    bed.claim(bed.source, "logs", "Filesystem");
                    return plan.volume("shop/data", VolumeChoice.copy().rename("logs"));
                }),
                error("PvInvalidCopyMethod", "", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    return plan.volumes(VolumeChoice.copy(CopyMethod.BLOCK));
                }),
                warn("PvWarnCopyMethodSnapshot", "", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    return plan.volumes(VolumeChoice.copy(CopyMethod.SNAPSHOT));
                }),
                warn("PvNoStorageClassSelection", "NotFound", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    bed.target.client().storage().v1().storageClasses().delete();
                    create(bed.target, VOLUME);
                    return plan;
                }),
                error("PvCannotBind", "", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    bed.target.client().storage().v1().storageClasses().delete();
                    return plan;
                }),
                error("PvInvalidStorageClass", "NotDone", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    return plan.volumes(VolumeChoice.copy().storageClass("gold"));
                }),
                error("PvCannotBind", "", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    create(bed.target, STORAGE_CLASS.formatted("manual", "kubernetes.io/no-provisioner"));
                    return plan.volumes(VolumeChoice.copy().storageClass("manual"));
                }),
                warn("PvWarnAccessModeUnavailable", "", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    create(bed.target, STORAGE_CLASS.formatted("ebs", "kubernetes.io/aws-ebs"));
                    return plan.volumes(VolumeChoice.copy().storageClass("ebs").accessMode("ReadWriteMany"));
                }),
                error("PvcConflict", "", (bed, plan) -> {
                    create(bed.target, namespace("shop"));
                    bed.claim(bed.source, "data", "Filesystem");
                    bed.claim(bed.target, "data", "Filesystem");
                    return plan;
                }));
    }

    private static Stream<Case> conversions() {
        return Stream.of(
                critical("StorageClassConversionUnavailable", "", (bed, plan) -> bed.converting(plan)
                        .volumes(VolumeChoice.copy())),
                critical("StorageClassConversionUnavailable", "", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    return bed.twice(plan).volumes(VolumeChoice.copy().size("2Gi"));
                }),
                error("ConflictingPVCMappings", "PvNameConflict", (bed, plan) -> bed.converting(plan)
                        .volume("shop/data-db-1", VolumeChoice.skip())));
    }

    private PlanBuilder twice(PlanBuilder plan) {
        Cluster cluster = Clusters.of("old", source.client());
        return plan.from(cluster).to(cluster);
    }

    /** {@return a plan that converts two claims of a StatefulSet} */
    PlanBuilder converting(PlanBuilder plan) {
        create(source, STORAGE_CLASS.formatted("fast", "test/fast"));
        claim(source, "data-db-0", "Filesystem");
        claim(source, "data-db-1", "Filesystem");
        create(
                source,
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db, namespace: shop}
                spec:
                  serviceName: db
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec: {containers: [{name: db, image: db}]}
                  volumeClaimTemplates:
                  - metadata: {name: data}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """);
        return twice(plan).volumes(VolumeChoice.copy().storageClass("fast"));
    }

    void claim(EmbeddedCluster cluster, String name, String mode) {
        create(cluster, CLAIM.formatted(name, "shop", mode));
    }
}

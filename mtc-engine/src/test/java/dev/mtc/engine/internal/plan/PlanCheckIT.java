package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.Clusters;
import dev.mtc.api.CopyMethod;
import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.Registry;
import dev.mtc.api.RunRequest;
import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.Side;
import dev.mtc.api.StateStore;
import dev.mtc.api.Storage;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.IncompatibleNamespace;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.PlanStorageClass;
import dev.mtc.api.model.v1alpha1.UnhealthyNamespace;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.run.RunThreads;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.engine.testing.RecordedRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every condition of a plan, raised by what really causes it. */
class PlanCheckIT {

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
    private static final String POD =
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
    private static final String STORAGE_CLASS =
            """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: %s}
            provisioner: %s
            """;

    private final EmbeddedCluster source =
            EmbeddedCluster.builder("old").withoutWorkloads().start();
    private final EmbeddedCluster target =
            EmbeddedCluster.builder("new").withoutWorkloads().start();

    @BeforeEach
    void makeShop() {
        create(source, namespace("shop"));
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private static String namespace(String name, String... annotations) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", annotations: {"
                + String.join(", ", annotations) + "}}\n";
    }

    private static void create(EmbeddedCluster cluster, String yaml) {
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

    private static void define(EmbeddedCluster cluster, String plural, String group, String kind) {
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

    private static void object(EmbeddedCluster cluster, String apiVersion, String kind) {
        create(cluster, "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: one, namespace: shop}\n");
    }

    private PlanBuilder planned() {
        return Plan.named("shop")
                .from(Clusters.of("old", source.client()))
                .to(Clusters.of("new", target.client()))
                .namespace("shop");
    }

    private <T> T with(Plan plan, Function<RunContext, T> look) {
        MigMigration none = new MigMigration();
        none.setMetadata(new ObjectMetaBuilder().withName("look").withUid("uid").build());
        try (RunThreads threads = new RunThreads("look", null);
                StateStore state = StateStore.memory();
                RunContext context = new RunContext(
                        new RunRequest(
                                plan,
                                Kind.CUTOVER,
                                Set.of(),
                                null,
                                state,
                                List.of(),
                                List.of(),
                                null,
                                Clock.systemUTC(),
                                Duration.ofMinutes(1),
                                FailurePolicy.KEEP,
                                null),
                        none,
                        threads.executor())) {
            return look.apply(context);
        }
    }

    private List<Problem> problems(Plan plan) {
        return with(plan, context -> PlanCheck.problems(context));
    }

    /** One thing that is wrong, and what is said of it. */
    private record Case(
            String code, String reason, Severity severity, BiFunction<PlanCheckIT, PlanBuilder, PlanBuilder> cause) {
        @Override
        public String toString() {
            return code + "/" + reason;
        }
    }

    private static Case critical(String code, String reason, BiFunction<PlanCheckIT, PlanBuilder, PlanBuilder> cause) {
        return new Case(code, reason, Severity.CRITICAL, cause);
    }

    private static Case error(String code, String reason, BiFunction<PlanCheckIT, PlanBuilder, PlanBuilder> cause) {
        return new Case(code, reason, Severity.ERROR, cause);
    }

    private static Case warn(String code, String reason, BiFunction<PlanCheckIT, PlanBuilder, PlanBuilder> cause) {
        return new Case(code, reason, Severity.WARN, cause);
    }

    static Stream<Case> cases() {
        return Stream.concat(clustersAndNamespaces(), Stream.concat(contents(), volumes()));
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
                    bed.claim(bed.source, "data", "Block");
                    return plan;
                }),
                warn("PvWarnCopyMethodSnapshot", "", (bed, plan) -> {
                    bed.claim(bed.source, "data", "Filesystem");
                    return plan.volumes(VolumeChoice.copy(CopyMethod.SNAPSHOT));
                }),
                error("PvNoStorageClassSelection", "NotFound", (bed, plan) -> {
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

    private void claim(EmbeddedCluster cluster, String name, String mode) {
        create(cluster, CLAIM.formatted(name, "shop", mode));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void problems_withRealCause_haveCodeReasonSeverityAndRemedy(Case each) {
        Plan plan = each.cause().apply(this, planned()).build();

        List<Problem> problems = problems(plan);

        assertThat(problems)
                .filteredOn(problem -> problem.code().equals(each.code()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.reason()).isEqualTo(each.reason());
                    assertThat(problem.severity()).isEqualTo(each.severity());
                    assertThat(problem.message()).isNotBlank();
                    assertThat(problem.fix()).isNotBlank();
                });
    }

    @Test
    void problems_ofAGoodPlan_areNone() {
        claim(source, "data", "Filesystem");
        define(source, "boats", "sea.example.com", "Boat");
        define(target, "boats", "sea.example.com", "Boat");
        object(source, "sea.example.com/v1", "Boat");

        assertThat(problems(planned().build())).isEmpty();
    }

    @Test
    void problems_ofMissingNamespace_nameThoseThatThereAre() {
        assertThat(problems(planned().namespace("shopp").build()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.fix()).contains("shop"));
    }

    @Test
    void problems_withLimits_saySo() {
        create(source, namespace("second"));
        create(source, POD.formatted("ContainerCreating").replace("gpu: big, ", ""));
        claim(source, "data", "Filesystem");
        Plan plan = planned().namespace("second").build();

        assertThat(codes(plan, new PlanLimits(1, 0, 0))).containsExactly("NamespaceLimitExceeded");
        assertThat(codes(plan, new PlanLimits(2, 0, 0))).containsExactly("PodLimitExceeded", "PvLimitExceeded");
        assertThat(codes(plan, new PlanLimits(2, 1, 1))).isEmpty();
    }

    private List<String> codes(Plan plan, PlanLimits limits) {
        return with(plan, context -> PlanCheck.problems(context, limits)).stream()
                .map(Problem::code)
                .toList();
    }

    @Test
    void problems_ofKindsThatTheTargetLacks_takeOneObject() {
        define(source, "boats", "sea.example.com", "Boat");
        object(source, "sea.example.com/v1", "Boat");
        source.forgetRequests();

        problems(planned().build());

        assertThat(source.requests())
                .filteredOn(request -> request.resource().equals("boats"))
                .extracting(RecordedRequest::query)
                .containsExactly("limit=1");
    }

    @Test
    void status_ofUnhealthyPods_namesThemBySourceNamespace() {
        create(source, POD.formatted("ImagePullBackOff"));
        Plan plan = Plan.named("shop")
                .from(Clusters.of("old", source.client()))
                .to(Clusters.of("new", target.client()))
                .namespace("shop", "store")
                .build();

        List<UnhealthyNamespace> unhealthy =
                with(plan, context -> SourcePods.of(context).unhealthy());

        assertThat(unhealthy).singleElement().satisfies(namespace -> {
            assertThat(namespace.getName()).isEqualTo("shop");
            assertThat(namespace.getWorkloads().get(0).getName()).isEqualTo("Pods");
            assertThat(namespace.getWorkloads().get(0).getResources()).containsExactly("web");
        });
    }

    @Test
    void status_ofIncompatibleKinds_hasGroupVersionAndPlural() {
        define(source, "boats", "sea.example.com", "Boat");
        object(source, "sea.example.com/v1", "Boat");

        List<IncompatibleNamespace> incompatible =
                with(planned().build(), context -> KindChecks.status(KindChecks.withoutPlace(context)));

        assertThat(incompatible).singleElement().satisfies(namespace -> {
            assertThat(namespace.getName()).isEqualTo("shop");
            assertThat(namespace.getGvks()).singleElement().satisfies(gvk -> {
                assertThat(gvk.getGroup()).isEqualTo("sea.example.com");
                assertThat(gvk.getVersion()).isEqualTo("v1");
                assertThat(gvk.getKind()).isEqualTo("boats");
            });
        });
    }

    @Test
    void status_ofStorageClasses_hasProvisionerDefaultAndAccessModes() {
        create(target, STORAGE_CLASS.formatted("ceph", "openshift-storage.rbd.csi.ceph.com"));

        List<PlanStorageClass> classes = with(planned().build(), context -> StorageClasses.of(
                        context.server(Side.SOURCE), context.server(Side.TARGET))
                .targetStatus());

        assertThat(classes)
                .extracting(
                        PlanStorageClass::getName,
                        PlanStorageClass::isDefaultClass,
                        it -> it.getVolumeAccessModes().stream()
                                .map(access -> access.getVolumeMode() + access.getAccessModes())
                                .toList())
                .containsExactly(
                        tuple(
                                "ceph",
                                false,
                                List.of(
                                        "Filesystem[ReadWriteOnce]",
                                        "Block[ReadWriteOnce, ReadOnlyMany, ReadWriteMany]")),
                        tuple("standard", true, List.of("Filesystem[ReadWriteOnce]")));
    }

    @Test
    void withoutPlace_ofObjectsThatTheSelectorLeavesOut_isEmpty() {
        define(source, "boats", "sea.example.com", "Boat");
        object(source, "sea.example.com/v1", "Boat");

        assertThat(with(planned().labelSelector("app=web").build(), KindChecks::withoutPlace))
                .doesNotContainKey(new NamespaceMapping("shop", "shop"));
    }
}

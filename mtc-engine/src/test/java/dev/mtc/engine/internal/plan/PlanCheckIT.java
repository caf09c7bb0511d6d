package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.Clusters;
import dev.mtc.api.FailurePolicy;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Problem;
import dev.mtc.api.RunRequest;
import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.Side;
import dev.mtc.api.StateStore;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.IncompatibleNamespace;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.PlanStorageClass;
import dev.mtc.api.model.v1alpha1.UnhealthyNamespace;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.run.RunThreads;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.engine.testing.RecordedRequest;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every condition of a plan, raised by what really causes it. */
class PlanCheckIT {

    private final PlanBed bed = new PlanBed();
    private final EmbeddedCluster source = bed.source;
    private final EmbeddedCluster target = bed.target;

    @AfterEach
    void close() {
        bed.close();
    }

    private PlanBuilder planned() {
        return bed.planned();
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
                                RunRequest.RunAs.UNSAID,
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

    @Test
    void problems_ofAClaimConvertedOntoItself_nameIt() {
        VolumeChoice.Copy self = VolumeChoice.copy().storageClass("fast").rename("data-db-0");

        List<Problem> problems = problems(
                bed.converting(planned()).volume("shop/data-db-0", self).build());

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("PvNameConflict");
            assertThat(problem.where()).isEqualTo("volumes[shop/data-db-0]");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.mtc.engine.internal.plan.PlanBed#cases")
    void problems_withRealCause_haveCodeReasonSeverityAndRemedy(PlanBed.Case each) {
        Plan plan = each.cause().apply(bed, planned()).build();

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
        bed.claim(source, "data", "Filesystem");
        PlanBed.define(source, "boats", "sea.example.com", "Boat");
        PlanBed.define(target, "boats", "sea.example.com", "Boat");
        PlanBed.object(source, "sea.example.com/v1", "Boat");

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
        PlanBed.create(source, PlanBed.namespace("second"));
        PlanBed.create(source, PlanBed.POD.formatted("ContainerCreating").replace("gpu: big, ", ""));
        bed.claim(source, "data", "Filesystem");
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
        PlanBed.define(source, "boats", "sea.example.com", "Boat");
        PlanBed.object(source, "sea.example.com/v1", "Boat");
        source.forgetRequests();

        problems(planned().build());

        assertThat(source.requests())
                .filteredOn(request -> request.resource().equals("boats"))
                .extracting(RecordedRequest::query)
                .containsExactly("limit=1");
    }

    @Test
    void status_ofUnhealthyPods_namesThemBySourceNamespace() {
        PlanBed.create(source, PlanBed.POD.formatted("ImagePullBackOff"));
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
        PlanBed.define(source, "boats", "sea.example.com", "Boat");
        PlanBed.object(source, "sea.example.com/v1", "Boat");

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
        PlanBed.create(target, PlanBed.STORAGE_CLASS.formatted("ceph", "openshift-storage.rbd.csi.ceph.com"));

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
        PlanBed.define(source, "boats", "sea.example.com", "Boat");
        PlanBed.object(source, "sea.example.com/v1", "Boat");

        assertThat(with(planned().labelSelector("app=web").build(), KindChecks::withoutPlace))
                .doesNotContainKey(new NamespaceMapping("shop", "shop"));
    }
}

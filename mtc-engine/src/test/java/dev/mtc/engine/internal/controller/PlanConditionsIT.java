package dev.mtc.engine.internal.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.ControllerRequest;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.engine.internal.condition.ProblemConditions;
import dev.mtc.engine.internal.crds.Definitions;
import dev.mtc.engine.internal.plan.PlanBed;
import dev.mtc.engine.internal.run.Providers;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A controller says of a MigPlan what {@code check()} says of the plan. */
class PlanConditionsIT {

    private static final String MTC = "openshift-migration";

    /** What only a resource can be, as it has a state. */
    private static final Set<String> STATE_ONLY = Set.of(
            "Suspended",
            "PlanConflict",
            "Closed",
            "MigrationTypeIdentified",
            "PvsDiscovered",
            "StorageEnsured",
            "Ready");

    private static EmbeddedCluster cluster;
    private PlanBed bed;

    @BeforeAll
    static void startHost() {
        cluster = EmbeddedCluster.builder("host").withoutWorkloads().start();
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(MTC)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stopHost() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        bed = new PlanBed();
    }

    @AfterEach
    void close() {
        bed.close();
        for (Class<? extends HasMetadata> kind :
                List.of(MigPlan.class, MigHook.class, MigStorage.class, MigCluster.class)) {
            cluster.client().resources(kind).inNamespace(MTC).delete();
        }
    }

    /** Makes the resources of a plan and looks at each as a controller does. */
    private static MigPlan seen(Plan plan, PlanLimits limits) {
        ControllerRequest request = new ControllerRequest(
                Clusters.of("hub", cluster.client()),
                MTC,
                "one",
                sides(plan),
                List.of(),
                Clock.systemUTC(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(15),
                limits);
        try (Host host = new Host(request);
                EventRecorder events = new EventRecorder(host.client(), request.clock())) {
            Definitions.ensure(host.server());
            create(plan);
            Pass pass = new Pass(host.store(), request.clock(), events);
            for (Cluster side : sides(plan)) {
                if (side.registry().isEmpty()) {
                    new ClusterReconciler(host, pass).reconcile(side.name());
                } else {
                    // its registry is only a name, and would keep the cluster from being ready
                    MigCluster object =
                            host.store().get(MigCluster.class, MTC, side.name()).orElseThrow();
                    pass.over(object, (cluster, conditions) -> conditions.ready("The cluster is ready."));
                }
            }
            names(MigStorage.class)
                    .forEach(name -> new StorageReconciler(host, pass, Providers.of(List.of())).reconcile(name));
            names(MigHook.class).forEach(name -> new HookReconciler(host, pass).reconcile(name));
            MigPlan object = host.store().get(MigPlan.class, MTC, plan.name()).orElseThrow();
            return new PlanReconciler(host, pass, List.of(), limits).reconcile(object, List.of());
        }
    }

    private static List<String> names(Class<? extends HasMetadata> kind) {
        return cluster.client().resources(kind).inNamespace(MTC).list().getItems().stream()
                .map(object -> object.getMetadata().getName())
                .toList();
    }

    private static void create(Plan plan) {
        KubernetesClient client = cluster.client();
        String yaml = plan.toManifests().toYaml();
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items().stream()
                .filter(object -> object.getKind().equals("MigHook"))
                .forEach(object -> client.resource(object).create());
        sides(plan).forEach(side -> {
            MigCluster object = new MigCluster();
            object.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(MTC)
                    .withName(side.name())
                    .build());
            object.getSpec().setUrl("https://" + side.name() + ".example:6443");
            client.resource(object).create();
        });
        MigPlan object = plan.toManifests().migPlan(plan.name());
        object.getSpec().setSrcMigClusterRef(reference(plan.from().name()));
        object.getSpec().setDestMigClusterRef(reference(plan.to().name()));
        plan.via().ifPresent(storage -> {
            // no bucket that could be tested, as the directory of the plan is none
            MigStorage broken = new MigStorage();
            broken.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(MTC)
                    .withName("broken")
                    .build());
            client.resource(broken).create();
            object.getSpec().setMigStorageRef(reference("broken"));
        });
        client.resource(object).create();
    }

    private static List<Cluster> sides(Plan plan) {
        return Stream.of(plan.from(), plan.to()).distinct().toList();
    }

    private static ObjectReference reference(String name) {
        return new ObjectReferenceBuilder().withNamespace(MTC).withName(name).build();
    }

    private static List<Tuple> said(Collection<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> !STATE_ONLY.contains(condition.getType()))
                .map(condition -> tuple(
                        condition.getType(),
                        condition.getCategory(),
                        condition.getReason() == null ? "" : condition.getReason()))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.mtc.engine.internal.plan.PlanBed#cases")
    void conditions_ofWhatIsWrong_areWhatCheckSays(PlanBed.Case each) {
        Plan plan = each.cause().apply(bed, bed.planned()).build();

        MigPlan object = seen(plan, PlanLimits.none());

        CheckReport report = plan.check();
        List<Condition> conditions = object.getStatus().getConditions();
        assertThat(said(conditions))
                .as("%s; %s", conditions, report.problems())
                .contains(tuple(each.code(), category(each), each.reason()))
                .containsExactlyInAnyOrderElementsOf(said(ProblemConditions.of(report.problems())));
        assertThat(conditions)
                .filteredOn(condition -> !STATE_ONLY.contains(condition.getType()))
                .allSatisfy(condition -> assertThat(condition.remedy()).isNotBlank());
    }

    private static String category(PlanBed.Case each) {
        String word = each.severity().name();
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    @Test
    void conditions_ofAGoodPlan_areReadyAndNothingElse() {
        MigPlan object = seen(bed.planned().build(), PlanLimits.ofMtc());

        assertThat(said(object.getStatus().getConditions())).isEmpty();
        assertThat(object.getStatus().getConditions())
                .extracting(Condition::getType)
                .containsExactlyInAnyOrder("PvsDiscovered", "StorageEnsured", "Ready");
    }

    @Test
    void conditions_ofAPlanOverTheLimits_nameThem() {
        Plan plan = bed.planned().build();

        MigPlan object = seen(plan, new PlanLimits(0, 0, 0));

        assertThat(said(object.getStatus().getConditions()))
                .containsExactly(tuple("NamespaceLimitExceeded", "Critical", "LimitExceeded"));
    }

    @Test
    void conditions_ofAnAccountWithoutARight_nameIt() {
        bed.source.access().deny("list", "configmaps");
        Plan plan = bed.planned().build();

        MigPlan object = seen(plan, PlanLimits.none());

        assertThat(said(object.getStatus().getConditions())).contains(tuple("PermissionMissing", "Error", ""));
        assertThat(object.getStatus().getConditions())
                .filteredOn(condition -> condition.getType().equals("PermissionMissing"))
                .singleElement()
                .satisfies(condition -> assertThat(condition.getMessage()).contains("configmaps"));
        assertThat(said(ProblemConditions.of(plan.check().problems())))
                .containsExactlyInAnyOrderElementsOf(said(object.getStatus().getConditions()));
    }
}

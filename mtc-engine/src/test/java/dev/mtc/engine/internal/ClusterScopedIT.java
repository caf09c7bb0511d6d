package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.ClusterScoped;
import dev.mtc.api.ClusterScopedPolicy;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import dev.mtc.api.StateStore;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects outside of namespaces that come along on request. */
class ClusterScopedIT {

    private static final String TARGET = "app-eu";
    private static final List<String> BROUGHT = List.of(
            "customresourcedefinitions.apiextensions.k8s.io widgets.acme.org",
            "clusterroles.rbac.authorization.k8s.io acme-all-of-it",
            "clusterroles.rbac.authorization.k8s.io acme-extra",
            "clusterroles.rbac.authorization.k8s.io acme-part",
            "clusterroles.rbac.authorization.k8s.io acme-in-namespace",
            "clusterroles.rbac.authorization.k8s.io acme-sees-nodes",
            "clusterrolebindings.rbac.authorization.k8s.io acme-sees-nodes",
            "priorityclasses.scheduling.k8s.io acme-important",
            "storageclasses.storage.k8s.io acme-fast",
            "validatingwebhookconfigurations.admissionregistration.k8s.io acme-checks");

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.loadCompanions();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private PlanBuilder planned() {
        return Plan.named("app")
                .from(bed.sourceCluster().registry(Registry.at("old.example:5000")))
                .to(bed.targetCluster().registry(Registry.at("new.example:5001")))
                .namespace(TestBed.APP, TARGET)
                .withClusterScoped(ClusterScoped.values());
    }

    private MigrationResult cutover(Plan plan) {
        return bed.migration(plan).cutover().await(TestBed.LIMIT);
    }

    private static <T extends HasMetadata> T find(EmbeddedCluster cluster, Class<T> type, String name) {
        return cluster.client().resources(type).withName(name).get();
    }

    private GenericKubernetesResource widget(String namespace, String name) {
        return bed.target
                .client()
                .genericKubernetesResources("acme.org/v1", "Widget")
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private static List<String> ofCluster(Preview preview) {
        return preview.actions().stream()
                .map(Action::subject)
                .filter(subject -> subject.contains("acme") && !subject.contains("/"))
                .toList();
    }

    private static Action action(Preview preview, String subject) {
        return preview.actions().stream()
                .filter(action -> action.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cutover_bringsJustWhatTheNamespacesNeed_asPreviewed() {
        Plan plan = planned().build();
        Preview preview = plan.preview();

        MigrationResult result = bed.migration(plan)
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(preview.deviations(result.items()))
                .as(result.report().toText())
                .isEmpty();
        assertThat(ofCluster(preview)).containsExactlyInAnyOrderElementsOf(BROUGHT);
        assertThat(result.items())
                .filteredOn(item -> BROUGHT.contains(item.name()))
                .hasSize(BROUGHT.size())
                .extracting(ItemOutcome::action)
                .containsOnly(ItemOutcome.Action.CREATED);
        assertThat(widget(TARGET, "first").getAdditionalProperties()).containsKey("spec");
    }

    @Test
    void cutover_bringsThemFitForTheTarget() {
        cutover(planned().build()).requireSuccess();

        assertThat(find(bed.target, ClusterRoleBinding.class, "acme-sees-nodes").getSubjects())
                .extracting(Subject::getKind, Subject::getNamespace, Subject::getName)
                .containsExactly(
                        tuple("ServiceAccount", TARGET, "runner"),
                        tuple("Group", null, "system:serviceaccounts:" + TARGET));
        assertThat(find(bed.target, ValidatingWebhookConfiguration.class, "acme-checks")
                        .getWebhooks())
                .as("those that call services of the plan")
                .singleElement()
                .satisfies(webhook -> assertThat(
                                webhook.getClientConfig().getService().getNamespace())
                        .isEqualTo(TARGET));
        StorageClass storage = find(bed.target, StorageClass.class, "acme-fast");
        assertThat(storage.getMetadata().getAnnotations()).doesNotContainValue("true");
        assertThat(storage.getMetadata().getLabels()).containsKey("migration.openshift.io/migrated-by-migplan");
        assertThat(bed.target
                        .client()
                        .persistentVolumeClaims()
                        .inNamespace(TARGET)
                        .withName("cache")
                        .get()
                        .getSpec()
                        .getStorageClassName())
                .isEqualTo("acme-fast");
        assertThat(find(bed.target, PriorityClass.class, "acme-important").getGlobalDefault())
                .isNotEqualTo(Boolean.TRUE);
    }

    @Test
    void cutover_withoutTheRequest_bringsNothingOutsideOfNamespaces() {
        Plan plan = Plan.named("app")
                .from(bed.sourceCluster())
                .to(bed.targetCluster())
                .namespace(TestBed.APP, TARGET)
                .build();

        Preview preview = plan.preview();

        assertThat(ofCluster(preview)).isEmpty();
        assertThat(action(preview, "widgets.acme.org app/first").verb()).isEqualTo(Verb.UNSUPPORTED);
    }

    @Test
    void rollback_deletesWhatThePlanBrought() {
        Plan plan = planned().build();
        cutover(plan).requireSuccess();

        MigrationResult result =
                bed.migration(plan).rollback().await(TestBed.LIMIT).requireClean();

        assertThat(result.items())
                .filteredOn(item -> item.action() == ItemOutcome.Action.DELETED)
                .extracting(ItemOutcome::name)
                .containsAll(BROUGHT);
        assertThat(find(bed.target, ClusterRole.class, "acme-sees-nodes")).isNull();
        assertThat(find(bed.target, StorageClass.class, "acme-fast")).isNull();
        assertThat(find(bed.source, ClusterRole.class, "acme-sees-nodes")).isNotNull();
    }

    @Test
    void rollback_keepsWhatOthersUse() {
        Plan plan = planned().build();
        cutover(plan).requireSuccess();
        TestBed.namespace(bed.target, "others");
        bed.target
                .client()
                .resource("apiVersion: acme.org/v1\nkind: Widget\nmetadata: {name: theirs, namespace: others}\n")
                .create();
        bed.target
                .client()
                .resource(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: theirs, namespace: others}
                        spec:
                          priorityClassName: acme-important
                          containers:
                          - {name: theirs, image: "docker.example/theirs:1"}
                        """)
                .create();

        MigrationResult result =
                bed.migration(plan).rollback().await(TestBed.LIMIT).requireSuccess();

        assertThat(result.warnings())
                .filteredOn(warning -> warning.code().equals("ClusterScopedKept"))
                .extracting(Problem::where)
                .containsExactlyInAnyOrder(
                        "target customresourcedefinitions.apiextensions.k8s.io widgets.acme.org",
                        "target priorityclasses.scheduling.k8s.io acme-important");
        assertThat(widget("others", "theirs")).isNotNull();
        assertThat(widget(TARGET, "first")).isNull();
        assertThat(find(bed.target, PriorityClass.class, "acme-important")).isNotNull();
    }

    private void foreignPriority() {
        bed.target
                .client()
                .resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName("acme-important")
                        .endMetadata()
                        .withValue(7)
                        .build())
                .create();
    }

    private static final String PRIORITY = "priorityclasses.scheduling.k8s.io acme-important";

    @Test
    void existing_skipped_staysAndIsNotDeletedByARollback() {
        foreignPriority();
        Plan plan = planned().build();

        assertThat(action(plan.preview(), PRIORITY).verb()).isEqualTo(Verb.SKIP);
        MigrationResult result = cutover(plan).requireSuccess();
        bed.migration(plan).rollback().await(TestBed.LIMIT).requireSuccess();

        assertThat(result.warnings()).extracting(Problem::code).contains("ExistingObjectKept");
        assertThat(find(bed.target, PriorityClass.class, "acme-important").getValue())
                .isEqualTo(7);
    }

    @Test
    void existing_refused_failsBeforeAnythingIsDone() {
        foreignPriority();
        Plan plan = planned().existingClusterScoped(ClusterScopedPolicy.FAIL).build();

        assertThat(action(plan.preview(), PRIORITY).verb()).isEqualTo(Verb.CONFLICT);
        MigrationResult result = cutover(plan);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).extracting(Problem::where).contains("target " + PRIORITY);
        assertThat(find(bed.target, ClusterRole.class, "acme-sees-nodes")).isNull();
    }

    @Test
    void existing_ofThePlan_isUpdatedAndOthersAreNot() {
        Plan plan =
                planned().existingClusterScoped(ClusterScopedPolicy.UPDATE_OWN).build();
        cutover(plan).requireSuccess();
        bed.source.client().rbac().clusterRoles().withName("acme-sees-nodes").edit(role -> role.edit()
                .editFirstRule()
                .addToVerbs("watch")
                .endRule()
                .build());
        bed.target
                .client()
                .scheduling()
                .v1()
                .priorityClasses()
                .withName("acme-important")
                .delete();
        foreignPriority();

        Preview preview = plan.preview();

        assertThat(action(preview, "clusterroles.rbac.authorization.k8s.io acme-sees-nodes")
                        .verb())
                .isEqualTo(Verb.UPDATE);
        assertThat(action(preview, PRIORITY).verb()).isEqualTo(Verb.SKIP);
        bed.migration(plan)
                .state(StateStore.memory())
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();
        assertThat(find(bed.target, ClusterRole.class, "acme-sees-nodes")
                        .getRules()
                        .get(0)
                        .getVerbs())
                .contains("watch");
    }
}

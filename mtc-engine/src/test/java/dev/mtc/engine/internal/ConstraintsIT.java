package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.ClusterScoped;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenShift's SecurityContextConstraints, which accounts are named in or may use by a role; here a custom kind stands in for them. */
class ConstraintsIT {

    private static final String TARGET = "app-eu";
    private static final String CONSTRAINTS = "securitycontextconstraints.security.openshift.io ";

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.loadConstraints();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private Plan plan(ClusterScoped... kinds) {
        return Plan.named("app")
                .from(bed.sourceCluster().registry(Registry.at("old.example:5000")))
                .to(bed.targetCluster().registry(Registry.at("new.example:5001")))
                .namespace(TestBed.APP, TARGET)
                .withClusterScoped(kinds)
                .build();
    }

    private GenericKubernetesResource onTarget(String name) {
        return bed.target
                .client()
                .genericKubernetesResources("security.openshift.io/v1", "SecurityContextConstraints")
                .withName(name)
                .get();
    }

    private ClusterRoleBinding binding(String constraint) {
        return bed.target
                .client()
                .rbac()
                .clusterRoleBindings()
                .withName("system:openshift:scc:" + constraint)
                .get();
    }

    @Test
    void cutover_bringsThoseThatTheAccountsMayUse_withTheirUsersOnly() {
        Plan plan = plan(ClusterScoped.SECURITY_CONTEXT_CONSTRAINTS, ClusterScoped.CLUSTER_ROLES);
        Preview preview = plan.preview();

        MigrationResult result = bed.migration(plan)
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(preview.deviations(result.items())).isEmpty();
        assertThat(result.items())
                .filteredOn(item -> item.name().startsWith(CONSTRAINTS))
                .extracting(ItemOutcome::name, ItemOutcome::action)
                .containsExactlyInAnyOrder(
                        tuple(CONSTRAINTS + "acme-named", ItemOutcome.Action.CREATED),
                        tuple(CONSTRAINTS + "acme-by-role", ItemOutcome.Action.CREATED),
                        tuple(CONSTRAINTS + "acme-by-cluster-role", ItemOutcome.Action.CREATED));
        GenericKubernetesResource named = onTarget("acme-named");
        assertThat(named.<List<String>>get("users")).containsExactly("system:serviceaccount:app-eu:runner");
        assertThat(named.<List<String>>get("groups")).containsExactly("system:serviceaccounts:app-eu");
        assertThat(named.<Integer>get("runAsUser", "uid")).isEqualTo(1000);
        assertThat(List.of(binding("acme-by-cluster-role"), binding("anyuid")))
                .as("made by an administrator, although called system:")
                .flatExtracting(ClusterRoleBinding::getSubjects)
                .extracting(Subject::getNamespace)
                .containsExactly(TARGET, TARGET);
        assertThat(bed.target.client().rbac().clusterRoles().list().getItems())
                .extracting(role -> role.getMetadata().getName())
                .contains("system:openshift:scc:acme-by-cluster-role")
                .doesNotContain("system:openshift:scc:anyuid");
    }

    @Test
    void cutover_ofAccountsInAConstraintOfEveryCluster_namesThem() {
        Plan plan = plan(ClusterScoped.SECURITY_CONTEXT_CONSTRAINTS);

        Preview preview = plan.preview();
        MigrationResult result =
                bed.migration(plan).cutover().await(TestBed.LIMIT).requireSuccess();

        assertThat(List.of(preview.warnings(), result.warnings())).allSatisfy(warnings -> assertThat(warnings)
                .filteredOn(warning -> warning.code().equals("ConstraintNotCarried"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.where() + " " + warning.message())
                        .contains("anyuid", "system:serviceaccount:app:runner")
                        .doesNotContain("elsewhere")));
        assertThat(onTarget("anyuid")).isNull();
    }

    @Test
    void rollback_deletesThem() {
        Plan plan = plan(ClusterScoped.SECURITY_CONTEXT_CONSTRAINTS);
        bed.migration(plan).cutover().await(TestBed.LIMIT).requireSuccess();
        bed.target
                .client()
                .genericKubernetesResources("security.openshift.io/v1", "SecurityContextConstraints")
                .withName("acme-named")
                .edit(constraint -> {
                    constraint.setAdditionalProperty("users", List.of("alice", "system:serviceaccount:app-eu:runner"));
                    return constraint;
                });

        MigrationResult result =
                bed.migration(plan).rollback().await(TestBed.LIMIT).requireSuccess();

        assertThat(onTarget("acme-by-role")).isNull();
        assertThat(onTarget("acme-named"))
                .as("somebody else is named in it now")
                .isNotNull();
        assertThat(result.warnings())
                .extracting(Problem::code, Problem::where)
                .contains(tuple("ClusterScopedKept", "target " + CONSTRAINTS + "acme-named"));
    }
}

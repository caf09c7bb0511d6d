package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ClusterScoped;
import dev.mtc.api.Clusters;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import dev.mtc.api.RequiredRoles;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.access.AccessCheck;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What works with the roles that a plan asks for, and what with less. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RequiredRolesIT {

    private static final Subject ACCOUNT = RequiredRoles.serviceAccount("tools", "migrator");

    private static TestBed bed;
    private static Plan plan;
    private static RequiredRoles roles;

    @BeforeAll
    static void open() {
        bed = TestBed.withApp(
                EmbeddedCluster.builder("old").rbac().start(),
                EmbeddedCluster.builder("new").rbac().start());
        bed.loadCompanions();
        PlanBuilder planned = bed.planned()
                .withClusterScoped(ClusterScoped.values())
                .hook(HookPoint.PRE_BACKUP, Hook.image("hook"))
                .hook(HookPoint.POST_RESTORE, Hook.image("hook").on(Side.TARGET));
        roles = planned.build().requiredRoles();
        for (Side side : Side.values()) {
            roles.on(side).forEach(role -> cluster(side).client().resource(role).create());
            roles.bindings(side, ACCOUNT)
                    .forEach(binding -> cluster(side).client().resource(binding).create());
        }
        plan = planned.from(Clusters.of("old", bed.source.client("tools", "migrator"))
                        .registry(Registry.at("old.example:5000")))
                .to(Clusters.of("new", bed.target.client("tools", "migrator"))
                        .registry(Registry.at("new.example:5001")))
                .build();
    }

    @AfterAll
    static void close() {
        bed.close();
    }

    private static EmbeddedCluster cluster(Side side) {
        return side == Side.SOURCE ? bed.source : bed.target;
    }

    private static List<Problem> missing() {
        return plan.check().problems().stream()
                .filter(problem -> problem.code().equals(AccessCheck.MISSING))
                .toList();
    }

    /** One rule of one of the roles. */
    record Rule(Side side, HasMetadata role, int index) {

        PolicyRule rule() {
            return rules(role).get(index);
        }

        HasMetadata without() {
            HasMetadata copy = Serialization.clone(role);
            List<PolicyRule> fewer = new ArrayList<>(rules(role));
            fewer.remove(index);
            if (copy instanceof Role inNamespace) {
                inNamespace.setRules(fewer);
            } else {
                ((ClusterRole) copy).setRules(fewer);
            }
            return copy;
        }

        @Override
        public String toString() {
            return side + " " + role.getKind() + " " + role.getMetadata().getName() + " " + rule().getVerbs() + " "
                    + rule().getResources() + rule().getResourceNames();
        }
    }

    private static List<PolicyRule> rules(HasMetadata role) {
        return role instanceof Role inNamespace ? inNamespace.getRules() : ((ClusterRole) role).getRules();
    }

    private static Stream<Rule> rules() {
        List<Rule> all = new ArrayList<>();
        for (Side side : Side.values()) {
            for (HasMetadata role : roles.on(side)) {
                for (int i = 0; i < rules(role).size(); i++) {
                    all.add(new Rule(side, role, i));
                }
            }
        }
        return all.stream();
    }

    @Test
    @Order(1)
    void check_withTheRequiredRoles_missesNothing() {
        assertThat(missing()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    @Order(2)
    void check_withoutOneRule_namesIt(Rule removed) {
        write(removed.side(), removed.without());

        List<Problem> missing = missing();

        write(removed.side(), removed.role());
        for (String resource : removed.rule().getResources()) {
            assertThat(missing).as(resource).anySatisfy(problem -> assertThat(problem.message())
                    .contains(removed.rule().getVerbs())
                    .contains(resource, removed.side().word()));
        }
        assertThat(missing).allMatch(Problem::blocks).allMatch(problem -> problem.fix()
                .contains("requiredRoles()"));
    }

    private static void write(Side side, HasMetadata role) {
        cluster(side).client().resource(role).update();
    }

    @Test
    @Order(3)
    void preview_cutoverAndRollback_withTheRequiredRoles_goThrough() {
        Preview preview = plan.preview();
        assertThat(preview.warnings()).isEmpty();
        assertThat(preview.actions())
                .filteredOn(action -> action.subject().endsWith(" app/mtc-app"))
                .as("the roles of the migration itself")
                .hasSize(2)
                .allMatch(action -> action.verb() == Verb.SKIP);
        assertThat(roles.toYaml(Side.TARGET, ACCOUNT))
                .contains("kind: \"ClusterRole\"", "kind: \"ClusterRoleBinding\"", "name: \"mtc-app\"");

        bed.migration(plan).stage().await(TestBed.LIMIT).requireSuccess();
        bed.migration(plan).expecting(preview).cutover().await(TestBed.LIMIT).requireSuccess();

        assertThat(bed.target
                        .client()
                        .namespaces()
                        .withName(TestBed.APP)
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .as("the mark of the hand-over")
                .anySatisfy((key, value) -> assertThat(key).contains("handed-over"));
        bed.migration(plan).rollback().await(TestBed.LIMIT).requireClean();
        bed.assertSourceRuns();
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
    }
}

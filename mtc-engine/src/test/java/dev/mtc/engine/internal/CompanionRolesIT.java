package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ClusterScoped;
import dev.mtc.api.Clusters;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Registry;
import dev.mtc.api.RequiredRoles;
import dev.mtc.api.Side;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One kind of companion at a time with the roles that it asks for, so that none lives on the rights of another. */
class CompanionRolesIT {

    private static final Subject ACCOUNT = RequiredRoles.serviceAccount("tools", "migrator");

    @ParameterizedTest
    @EnumSource(ClusterScoped.class)
    void cutoverAndRollback_withOneKindOfCompanion_goThrough(ClusterScoped what) {
        try (TestBed bed = TestBed.withApp(
                EmbeddedCluster.builder("old").rbac().start(),
                EmbeddedCluster.builder("new").rbac().start())) {
            bed.loadCompanions();
            bed.loadConstraints();
            PlanBuilder planned = bed.planned().withClusterScoped(what);
            RequiredRoles roles = planned.build().requiredRoles();
            grant(bed.source, Side.SOURCE, roles);
            grant(bed.target, Side.TARGET, roles);
            Plan plan = planned.from(Clusters.of("old", bed.source.client("tools", "migrator"))
                            .registry(Registry.at("old.example:5000")))
                    .to(Clusters.of("new", bed.target.client("tools", "migrator"))
                            .registry(Registry.at("new.example:5001")))
                    .build();

            bed.migration(plan).cutover().await(TestBed.LIMIT).requireSuccess();
            bed.migration(plan).rollback().await(TestBed.LIMIT).requireClean();

            bed.assertSourceRuns();
            assertThat(bed.target.client().namespaces().withName(TestBed.APP).get())
                    .isNull();
            assertThat(bed.target
                            .client()
                            .admissionRegistration()
                            .v1()
                            .validatingWebhookConfigurations()
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }

    private static void grant(EmbeddedCluster cluster, Side side, RequiredRoles roles) {
        roles.on(side).forEach(role -> cluster.client().resource(role).create());
        roles.bindings(side, ACCOUNT)
                .forEach(binding -> cluster.client().resource(binding).create());
    }
}

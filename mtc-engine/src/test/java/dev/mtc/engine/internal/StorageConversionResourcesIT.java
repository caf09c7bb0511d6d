package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.RequiredRoles;
import dev.mtc.api.RunningController;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import dev.mtc.engine.internal.access.AccessCheck;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import org.junit.jupiter.api.Test;

/** Storage conversion as MTC's resources say it, and with the roles that it asks for. */
class StorageConversionResourcesIT {

    private static MigPlan discovered(HostBed host, String name) {
        return host.await(
                MigPlan.class, name, "discovered", plan -> HostBed.types(plan).contains("PvsDiscovered"));
    }

    /** {@return a plan of a cluster that is on both of its sides, with its volumes} */
    private static MigPlan planned(HostBed host) {
        host.cluster("old");
        host.plan("faster", plan -> plan.getSpec().setDestMigClusterRef(HostBed.ref("old")), TestBed.APP);
        return discovered(host, "faster");
    }

    /** One MigCluster on both sides, volumes chosen after they were found, a stage, the conversion, its rollback. */
    @Test
    void resources_ofAConversion_areCarriedOutAsMtcDoes() {
        try (HostBed host = new HostBed();
                RunningController controller = host.controller("one")) {
            ConversionBed.addFastClass(host.apps.source);
            assertThat(controller.awaitLeadership(TestBed.LIMIT)).isTrue();
            MigPlan listed = planned(host);
            String suffix = String.valueOf(listed.getStatus().getSuffix());
            assertThat(HostBed.types(listed))
                    .contains("StorageClassConversionUnavailable")
                    .doesNotContain("Ready");
            assertThat(HostBed.condition(listed, "MigrationTypeIdentified")
                            .orElseThrow()
                            .getReason())
                    .isEqualTo("StorageConversionPlan");
            assertThat(listed.getSpec().getPersistentVolumes())
                    .extracting(volume -> volume.getPvc().getName())
                    .containsExactlyInAnyOrder(
                            "data-db-0:data-mig-" + suffix + "-db-0", "data-db-1:data-mig-" + suffix + "-db-1");

            host.edit(MigPlan.class, "faster", plan -> plan.getSpec().getPersistentVolumes().stream()
                    .map(PersistentVolume::getSelection)
                    .forEach(selection -> selection.setStorageClass("fast")));
            host.await(MigPlan.class, "faster", "ready", plan -> HostBed.types(plan)
                    .contains("Ready"));
            host.migrateState("stage-1", "faster");
            host.awaitSuccess("stage-1");
            host.apps.assertSourceRuns();

            host.migration("convert-1", "faster", migration -> {
                migration.getSpec().setMigrateState(true);
                migration.getSpec().setQuiescePods(true);
            });
            MigMigration done = host.awaitSuccess("convert-1");

            assertThat(done.getStatus().getItinerary()).isEqualTo("Stage");
            assertThat(template(host)).isEqualTo("data-mig-" + suffix);
            assertThat(TestBed.claim(host.apps.source, "data-mig-" + suffix + "-db-0")
                            .getSpec()
                            .getStorageClassName())
                    .isEqualTo("fast");
            assertThat(host.apps.source.settle(TestBed.LIMIT)).isTrue();
            assertThat(TestBed.db(host.apps.source).getStatus().getReadyReplicas())
                    .isEqualTo(2);

            host.rollback("back-1", "faster");
            host.awaitSuccess("back-1");

            assertThat(template(host)).isEqualTo("data");
            host.apps.assertSourceRuns();
            assertThat(TestBed.claim(host.apps.source, "data-mig-" + suffix + "-db-0"))
                    .isNull();
        }
    }

    private static String template(HostBed host) {
        return TestBed.db(host.apps.source)
                .getSpec()
                .getVolumeClaimTemplates()
                .get(0)
                .getMetadata()
                .getName();
    }

    @Test
    void stage_ofAConversion_isRefusedAsMtcDoes() {
        try (HostBed host = new HostBed();
                RunningController controller = host.controller("one")) {
            ConversionBed.addFastClass(host.apps.source);
            assertThat(controller.awaitLeadership(TestBed.LIMIT)).isTrue();
            planned(host);

            host.stage("stage-1", "faster");

            MigMigration refused = host.awaitEnd("stage-1");
            assertThat(HostBed.condition(refused, "Failed").orElseThrow().getReason())
                    .isEqualTo("NotSupported");
        }
    }

    @Test
    void conversion_withTheRequiredRoles_goesThroughForthAndBack() {
        try (ConversionBed bed =
                new ConversionBed(EmbeddedCluster.builder("old").rbac().start())) {
            Subject account = RequiredRoles.serviceAccount("tools", "migrator");
            RequiredRoles roles = bed.plan().requiredRoles();
            roles.on(Side.SOURCE).forEach(role -> bed.client().resource(role).create());
            roles.bindings(Side.SOURCE, account)
                    .forEach(binding -> bed.client().resource(binding).create());
            assertThat(roles.toYaml(Side.TARGET, account)).isEqualTo(roles.toYaml(Side.SOURCE, account));
            Cluster limited = Clusters.of("old", bed.cluster().client("tools", "migrator"));
            Plan plan = bed.planned("faster", limited).build();

            assertThat(plan.check().problems())
                    .filteredOn(problem -> problem.code().equals(AccessCheck.MISSING))
                    .extracting(Problem::message)
                    .isEmpty();
            bed.migration(plan).migrateState().await(TestBed.LIMIT).requireClean();
            bed.assertConverted(plan, "fast");
            bed.migration(plan).rollback().await(TestBed.LIMIT).requireClean();
            bed.assertAsBefore();
        }
    }
}

package dev.mtc.api.model.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;

class MidRunStatusTest {

    private final MigMigration migration = Samples.read(Samples.text("mid-run.yaml"), MigMigration.class);

    @Test
    void status_conditions_areInTheirOrder() {
        assertThat(migration.getStatus().getConditions())
                .extracting(Condition::getType)
                .containsExactly("Running", "Ready", "RegistriesHealthy");
        assertThat(migration.getStatus().getConditions())
                .extracting(Condition::isDurable)
                .containsExactly(false, false, true);
        assertThat(migration.getStatus().getConditions().get(0).getMessage()).isEqualTo("Step: 19/47");
        assertThat(Conditions.of(migration.getStatus(), Clock.systemUTC()).isReady())
                .isTrue();
    }

    @Test
    void status_pipeline_isInItsOrder() {
        assertThat(migration.getStatus().getPipeline())
                .extracting(PipelineStep::getName)
                .containsExactly(
                        "Prepare",
                        "Backup",
                        "StageBackup",
                        "StageRestore",
                        "DirectImage",
                        "DirectVolume",
                        "Restore",
                        "Cleanup");
        PipelineStep backup = migration.getStatus().getPipeline().get(1);
        assertThat(backup.getPhase()).isEqualTo(migration.getStatus().getPhase());
        assertThat(backup.getProgress())
                .singleElement()
                .asString()
                .endsWith("-wpc44: 0 out of estimated total of 0 objects backed up (5s)");
        assertThat(migration.getStatus().getStartTimestamp())
                .isEqualTo(migration.getStatus().getPipeline().get(0).getStarted());
    }

    @Test
    void status_observedDigest_isThatOfTheSpec() {
        assertThat(migration.getStatus().getObservedDigest()).isEqualTo(ObservedDigest.of(migration.getSpec()));
    }

    @Test
    void status_written_readsTheSame() {
        MigMigration again = Samples.read(Samples.SERIALIZATION.asYaml(migration), MigMigration.class);

        assertThat(Samples.json(again)).isEqualTo(Samples.json(migration));
        assertThat(again.getStatus().additionalProperties()).isEmpty();
    }
}

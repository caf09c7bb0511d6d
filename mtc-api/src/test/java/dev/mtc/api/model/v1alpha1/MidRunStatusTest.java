package dev.mtc.api.model.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A status that MTC wrote is understood: its digest is ours, and nothing of it is lost. */
class MidRunStatusTest {

    private final MigMigration migration = Samples.read(Samples.text("mid-run.yaml"), MigMigration.class);

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

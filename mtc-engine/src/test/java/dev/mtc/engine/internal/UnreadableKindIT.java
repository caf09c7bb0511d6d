package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Phase;
import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.MigMigration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kinds that the source does not let us list once a run has begun. */
class UnreadableKindIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private static void assertRefused(MigrationResult result) {
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("ResourceNotReadable");
            assertThat(error.where()).isEqualTo("source roles.rbac.authorization.k8s.io in app");
            assertThat(error.fix()).contains("list roles.rbac.authorization.k8s.io in app", "exclude the kind");
        });
    }

    @Test
    void cutover_kindThatMayNotBeListed_failsBeforeAnythingIsStopped() {
        bed.source.access().deny("list", "roles", TestBed.APP);

        MigrationResult result = bed.cutover();

        assertRefused(result);
        assertThat(bed.events.started())
                .contains(Phase.INITIAL_BACKUP_CREATED)
                .doesNotContain(Phase.QUIESCE_SOURCE_APPLICATIONS, Phase.ENSURE_FINAL_RESTORE);
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void resume_kindThatMayNotBeListedAnyMore_failsBeforeAnythingIsApplied() {
        MortalStore dies = new MortalStore(
                bed.state,
                resource -> resource instanceof MigMigration migration
                        && Phase.ENSURE_FINAL_RESTORE
                                .wireName()
                                .equals(migration.getStatus().getPhase()));
        String run = bed.migration().state(dies).cutover().await(TestBed.LIMIT).runId();
        bed.source.access().deny("list", "roles", TestBed.APP);

        MigrationResult result = Migration.of(bed.plan())
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images))
                .resume(run)
                .await(TestBed.LIMIT);

        assertRefused(result);
        assertThat(TestBed.deployment(bed.target, "web")).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void cutover_kindThatIsNotListedAfterAll_endsWithAWarningThatNamesIt() {
        bed.source.faults().failNext("GET", "podtemplates", 1, 404);

        MigrationResult result = bed.cutover();

        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.SUCCEEDED_WITH_WARNINGS);
        assertThat(result.warnings())
                .extracting(Problem::code, Problem::where)
                .singleElement()
                .isEqualTo(tuple("ResourceNotListable", "source podtemplates in app"));
    }
}

package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.objects.MapStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole migrations whose repository stops to work under way: they end cleanly, say what to do, and can be run again. */
class RepositoryFaultsIT {

    private final MapStore store = new MapStore();
    private TestBed bed;
    private Plan plan;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        plan = bed.planned().via(Storage.s3("migrations")).indirectVolumes().build();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private MigrationRun cutover() {
        return Migration.of(plan)
                .quiesce()
                .state(bed.state)
                .provider(store)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images))
                .cutover();
    }

    private void assertFailedCleanly(MigrationResult result, String word) {
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors())
                .anySatisfy(error -> assertThat(error.toString()).contains(word));
        assertThat(bed.volumes.cleaned).containsAll(bed.volumes.starts.keySet());
        assertThat(TestBed.deployment(bed.target, "web")).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void cutover_credentialsRefusedWhileObjectsAreStored_failsCleanlyAndTheNextOneSucceeds() {
        store.refuse(key -> key.startsWith("backups/") && key.endsWith(".tar.gz"));

        assertFailedCleanly(cutover().await(TestBed.LIMIT), "InvalidAccessKeyId");
        store.refuse(key -> false);

        cutover().await(TestBed.LIMIT).requireSuccess();
        bed.assertSourceStopped();
    }

    @Test
    void cutover_bucketGoneBefore_isNotReadyAndNothingBegins() {
        store.refuse(key -> true);

        MigrationResult result = cutover().await(TestBed.LIMIT);

        assertThat(result.errors()).extracting(Problem::code).contains("StorageNotReady");
        assertThat(bed.volumes.starts).isEmpty();
        bed.assertSourceRuns();
    }

    @Test
    void cutover_volumesRefusedByTheStore_failsCleanlyAndTheNextOneSucceeds() {
        bed.volumes.answer(request -> new TransferStatus.Failed(
                TransferStatus.Failed.Kind.USER_FIXABLE,
                "RepositoryDenied",
                "the object store refuses the credentials",
                "give credentials that are valid"));

        assertFailedCleanly(cutover().await(TestBed.LIMIT), "RepositoryDenied");
        bed.volumes.release();

        cutover().await(TestBed.LIMIT).requireSuccess();
        bed.assertSourceStopped();
    }
}

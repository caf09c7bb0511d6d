package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.objects.MapStore;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole migrations whose repository stops to work under way: they end cleanly, say what to do, and can be run again. */
class RepositoryFaultsIT {

    /** A store that refuses some keys, as a server does whose bucket is gone or whose credentials were changed. */
    private static final class RefusingStore implements ObjectStore, StorageProvider {
        private final MapStore store = new MapStore();
        private volatile Predicate<String> refused = key -> false;

        private void check(String key) {
            if (refused.test(key)) {
                throw new StorageAccessException(
                        Remedy.FIX_INPUT,
                        "Cannot put '" + key
                                + "' in s3://migrations: InvalidAccessKeyId; give credentials that are valid",
                        null);
            }
        }

        @Override
        public String id() {
            return "refusing";
        }

        @Override
        public boolean supports(Storage storage) {
            return true;
        }

        @Override
        public ObjectStore open(Storage storage) {
            return this;
        }

        @Override
        public ObjectStat put(String key, Content content) {
            check(key);
            return store.put(key, content);
        }

        @Override
        public boolean putIfAbsent(String key, Content content) {
            check(key);
            return store.putIfAbsent(key, content);
        }

        @Override
        public InputStream open(String key, long offset) {
            check(key);
            return store.open(key, offset);
        }

        @Override
        public Optional<ObjectStat> stat(String key) {
            check(key);
            return store.stat(key);
        }

        @Override
        public Stream<ObjectStat> list(String prefix) {
            check(prefix);
            return store.list(prefix);
        }

        @Override
        public void delete(String key) {
            check(key);
            store.delete(key);
        }

        @Override
        public String description() {
            return "s3://migrations";
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private final RefusingStore store = new RefusingStore();
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
        store.refused = key -> key.startsWith("backups/") && key.endsWith(".tar.gz");

        assertFailedCleanly(cutover().await(TestBed.LIMIT), "InvalidAccessKeyId");
        store.refused = key -> false;

        cutover().await(TestBed.LIMIT).requireSuccess();
        bed.assertSourceStopped();
    }

    @Test
    void cutover_bucketGoneBefore_isNotReadyAndNothingBegins() {
        store.refused = key -> true;

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

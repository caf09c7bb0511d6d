package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.Remedy;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import dev.mtc.engine.internal.run.Providers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageCheckTest {

    private static final Storage STORAGE = Storage.s3("migrations", "https://s3.example:9000");

    private final Faulty store = new Faulty();

    /** A store that keeps what it gets and fails at one kind of call. */
    private static final class Faulty implements ObjectStore, StorageProvider {

        private final Map<String, byte[]> objects = new HashMap<>();
        private final List<String> calls = new ArrayList<>();
        private String failsAt = "";
        private boolean namesKeys;
        private boolean closed;

        private void called(String call) {
            called(call, "");
        }

        private void called(String call, String key) {
            calls.add(call);
            if (failsAt.equals(call)) {
                String what = namesKeys ? call + " " + key : call;
                throw new StorageAccessException(
                        Remedy.FIX_INPUT, "Tried to " + what + ", but access is denied; allow it", null);
            }
        }

        @Override
        public String id() {
            return "faulty";
        }

        @Override
        public boolean supports(Storage storage) {
            return true;
        }

        @Override
        public ObjectStore open(Storage storage) {
            called("open");
            return this;
        }

        @Override
        public ObjectStat put(String key, Content content) {
            called("put", key);
            try (InputStream in = content.open()) {
                objects.put(key, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ObjectStat(key, objects.get(key).length, "", Instant.EPOCH);
        }

        @Override
        public boolean putIfAbsent(String key, Content content) {
            throw new AssertionError("not asked for");
        }

        @Override
        public InputStream open(String key, long offset) {
            called("read", key);
            return new ByteArrayInputStream(failsAt.equals("truth") ? new byte[0] : objects.get(key));
        }

        @Override
        public Optional<ObjectStat> stat(String key) {
            return Optional.ofNullable(objects.get(key))
                    .map(bytes -> new ObjectStat(key, bytes.length, "", Instant.EPOCH));
        }

        @Override
        public Stream<ObjectStat> list(String prefix) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void delete(String key) {
            called("delete", key);
            objects.remove(key);
        }

        @Override
        public String description() {
            return "faulty";
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private CheckReport check(Storage storage) {
        return StorageCheck.of(storage, Providers.of(List.of(store)));
    }

    @Test
    void of_goodStore_writesReadsAndDeletesOneByte() {
        CheckReport report = check(STORAGE);

        assertThat(report.isOk()).isTrue();
        assertThat(report).hasToString("ok: an object was written, read and deleted");
        assertThat(store.calls).containsExactly("open", "put", "read", "delete");
        assertThat(store.objects).isEmpty();
        assertThat(store.closed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "put", "read", "delete"})
    void of_storeThatRefuses_isTestFailedWithItsRemedy(String call) {
        store.failsAt = call;

        assertThat(check(STORAGE).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("BackupStorageProviderTestFailed");
            assertThat(problem.reason()).isEqualTo("TestFailed");
            assertThat(problem.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(problem.message()).isEqualTo("Tried to " + call + ", but access is denied");
            assertThat(problem.fix()).isEqualTo("allow it");
        });
        assertThat(store.closed).isEqualTo(!call.equals("open"));
        assertThat(call.equals("read") ? store.objects : Map.of()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "read", "delete", "truth"})
    void of_storeThatNamesTheObject_saysTheSameEachTime(String call) {
        store.failsAt = call;
        store.namesKeys = true;

        assertThat(check(STORAGE).problems())
                .isNotEmpty()
                .isEqualTo(check(STORAGE).problems());
    }

    @Test
    void of_storeThatGivesBackSomethingElse_isTestFailed() {
        store.failsAt = "truth";

        assertThat(check(STORAGE).problems()).singleElement().satisfies(problem -> assertThat(problem.code())
                .isEqualTo("BackupStorageProviderTestFailed"));
    }

    @Test
    void of_badSettings_areNamedBeforeAnythingIsSent() {
        Storage bad = Storage.s3("10.0.0.1").region("Europe West").credentials(" ", Secret.of("key"));

        assertThat(check(bad).problems()).hasSize(3).allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("InvalidBackupStorageSettings");
            assertThat(problem.reason()).isEqualTo("NotSupported");
            assertThat(problem.fix()).isNotBlank();
        });
        assertThat(store.calls).isEmpty();
    }

    @Test
    void of_noProvider_saysWhichDependencyIsMissing() {
        CheckReport report = StorageCheck.of(STORAGE, Providers.of(List.of()));

        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("NoStorageProvider");
            assertThat(problem.fix()).contains("mtc-transfer");
        });
    }
}

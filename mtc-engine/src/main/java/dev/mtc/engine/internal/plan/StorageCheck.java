package dev.mtc.engine.internal.plan;

import dev.mtc.api.CheckReport;
import dev.mtc.api.MtcException;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.engine.internal.run.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Looks at a repository: its settings, then really writes, reads and deletes an object of one byte. The codes are MTC's
 * conditions of a MigStorage.
 */
public final class StorageCheck {

    private static final String SETTINGS = "InvalidBackupStorageSettings";
    private static final String TEST_FAILED = "BackupStorageProviderTestFailed";
    private static final byte[] BYTE = {'1'};

    private final Storage storage;
    private final String where;

    private StorageCheck(Storage storage) {
        this.storage = storage;
        this.where = "storage " + storage.name();
    }

    /** {@return what a look at the repository shows} */
    public static CheckReport of(Storage storage, Providers providers) {
        return new CheckReport(
                "Storage " + storage.name(), "an object was written, read and deleted", problems(storage, providers));
    }

    /** {@return what is wrong with a repository} */
    static List<Problem> problems(Storage storage, Providers providers) {
        StorageCheck check = new StorageCheck(storage);
        List<Problem> problems = storage instanceof S3Storage s3 ? check.settings(s3) : List.of();
        return problems.isEmpty() ? check.test(providers) : problems;
    }

    private List<Problem> settings(S3Storage s3) {
        List<Problem> problems = new ArrayList<>();
        String bucket = s3.bucket();
        if (bucket.contains("..") || bucket.matches("[0-9]+(\\.[0-9]+){3}")) {
            problems.add(setting(
                    "awsBucketName '" + bucket + "' is not a bucket name",
                    "use no two dots in a row and nothing that looks like an IP address"));
        }
        if (!s3.region().matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            problems.add(setting(
                    "awsRegion '" + s3.region() + "' is not a region",
                    "use lower-case letters, digits and inner '-', such as eu-west-1"));
        }
        if (s3.accessKey().isPresent() && s3.accessKey().get().isBlank()) {
            problems.add(setting("aws-access-key-id is empty", "give the access key id with credentials(…)"));
        }
        return problems;
    }

    private Problem setting(String message, String fix) {
        return Problem.critical(where, SETTINGS, message, fix);
    }

    private List<Problem> test(Providers providers) {
        String key = UUID.randomUUID().toString();
        try (ObjectStore store = providers.open(storage)) {
            store.put(key, Content.of(BYTE));
            byte[] back;
            try {
                back = read(store, key);
            } finally {
                store.delete(key);
            }
            return Arrays.equals(back, BYTE) && store.stat(key).isEmpty()
                    ? List.of()
                    : List.of(Problem.critical(
                            where,
                            TEST_FAILED,
                            "an object of one byte came back as " + back.length + " bytes, or did not go",
                            "use a store that keeps what is written and deletes what is deleted"));
        } catch (PlanInvalidException e) {
            return e.problems();
        } catch (MtcException e) {
            return List.of(sameEachTime(AccessProblems.critical(where, TEST_FAILED, e), key));
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return List.of(Problem.critical(
                    where, TEST_FAILED, "it cannot be used: " + e.getMessage(), "correct its settings"));
        }
    }

    /** Who checks again and again is told of a change only if something has changed, so the key is not for the message. */
    private static Problem sameEachTime(Problem problem, String key) {
        String message = problem.message().replace(key, "test object");
        return Problem.critical(problem.where(), problem.code(), message, problem.fix());
    }

    private static byte[] read(ObjectStore store, String key) {
        try (InputStream in = store.open(key, 0)) {
            return in.readNBytes(BYTE.length + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("object " + key + " cannot be read", e);
        }
    }
}

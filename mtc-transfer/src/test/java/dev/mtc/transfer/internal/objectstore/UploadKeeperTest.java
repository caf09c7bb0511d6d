package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.RepositoryGarbage;
import dev.mtc.api.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadKeeperTest {

    private static final String UPLOADS = "<ListMultipartUploadsResult>"
            + upload("p/long-ago", "u1", "2001-01-01T00:00:00Z")
            + upload("p/volumes/now", "u2", "2999-01-01T00:00:00Z")
            + "</ListMultipartUploadsResult>";

    private final UploadKeeper keeper = new UploadKeeper();

    private static String upload(String key, String id, String initiated) {
        return "<Upload><Key>" + key + "</Key><UploadId>" + id + "</UploadId><Initiated>" + initiated
                + "</Initiated></Upload>";
    }

    private static ScriptedS3 withUploads() throws IOException {
        return ScriptedS3.answering(call -> {
            if (call.is("GET", "uploads")) {
                call.say(200, UPLOADS);
            } else if (call.is("DELETE", "uploadId=")) {
                call.say(204, "");
            } else {
                call.refuse(403, "AccessDenied");
            }
        });
    }

    @Test
    void check_ofABucket_tellsOfOldUploads() throws IOException {
        try (ScriptedS3 s3 = withUploads()) {
            assertThat(keeper.check(s3.storage()).problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.where()).isEqualTo("long-ago"));
            assertThat(s3.requests()).noneMatch(request -> request.startsWith("DELETE"));
        }
    }

    @Test
    void collectGarbage_ofABucket_abortsOldUploadsBelowThePrefix() throws IOException {
        try (ScriptedS3 s3 = withUploads()) {
            RepositoryGarbage garbage = keeper.collectGarbage(s3.storage(), Instant.parse("2020-01-01T00:00:00Z"));

            assertThat(garbage).hasToString("0 objects removed, 0 bytes; 1 unfinished upload aborted");
            assertThat(s3.requests())
                    .filteredOn(request -> request.startsWith("GET"))
                    .allMatch(request -> request.contains("prefix=p%2F"));
            assertThat(s3.requests())
                    .filteredOn(request -> request.startsWith("DELETE"))
                    .containsExactly("DELETE /bucket/p/long-ago?uploadId=u1");
        }
    }

    @Test
    void collectGarbage_ofABucketWithoutPrefix_touchesNobodysUploads() throws IOException {
        try (ScriptedS3 s3 = withUploads()) {
            RepositoryGarbage garbage = keeper.collectGarbage(s3.storage().prefix(""), Instant.now());

            assertThat(garbage.uploads()).isZero();
            assertThat(s3.requests()).isEmpty();
        }
    }

    @Test
    void collectGarbage_uploadThatEndedMeanwhile_isNotCounted() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
            if (call.is("GET", "uploads")) {
                call.say(200, UPLOADS);
            } else {
                call.refuse(404, "NoSuchUpload");
            }
        })) {
            assertThat(keeper.collectGarbage(s3.storage(), Instant.now()).uploads())
                    .isZero();
        }
    }

    @Test
    void collectGarbage_ofADirectory_removesFilesThatNobodyWritesTo(@TempDir Path root) throws IOException {
        Storage storage = Storage.directory(root);
        Path unfinished = Files.createDirectory(root.resolve(".mtc-unfinished"));
        Path abandoned = Files.writeString(unfinished.resolve("old"), "half");
        Path fresh = Files.writeString(unfinished.resolve("new"), "half");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        assertThat(keeper.check(storage).problems()).hasSize(1);
        assertThat(keeper.collectGarbage(storage, Instant.now().minus(Duration.ofHours(1)))
                        .uploads())
                .isEqualTo(1);

        assertThat(abandoned).doesNotExist();
        assertThat(fresh).exists();
    }
}

package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of a bucket make of requests. */
class S3SettingsTest {

    private final List<String> headers = new CopyOnWriteArrayList<>();

    private void put(UnaryOperator<S3Storage> settings, byte[] content, String... names) throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    for (String name : names) {
                        headers.add(call.header(name));
                    }
                    if (call.is("POST", "uploads")) {
                        call.say(
                                200,
                                "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>");
                    } else if (call.is("POST", "uploadId")) {
                        call.say(
                                200,
                                "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>");
                    } else {
                        call.say(200, "", "ETag", "\"e\"");
                    }
                });
                ObjectStore store = S3ObjectStore.open(
                        settings.apply(s3.storage()), S3Retries.waiting(Duration.ofMillis(1), Duration.ofMillis(5)))) {
            store.put("a", Content.of(content));
        }
    }

    @Test
    void put_withKmsKey_asksForItInOneRequestAndInParts() throws IOException {
        String[] names = {"x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"};
        put(storage -> storage.kmsKey("alias/mtc"), "x".getBytes(StandardCharsets.UTF_8), names);
        assertThat(headers).containsExactly("aws:kms", "alias/mtc");

        headers.clear();
        put(storage -> storage.kmsKey("alias/mtc"), new byte[9 * 1024 * 1024], names);
        assertThat(headers).containsOnlyOnce("alias/mtc").containsOnlyOnce("aws:kms");

        headers.clear();
        put(storage -> storage, "x".getBytes(StandardCharsets.UTF_8), names);
        assertThat(headers).containsExactly("null", "null");
    }

    @Test
    void put_withSessionToken_sendsItAsItIsNow() throws IOException {
        put(
                storage -> storage.credentials("id", Secret.of("key"), Secret.of("the-token")),
                new byte[1],
                "x-amz-security-token");
        assertThat(headers).containsExactly("the-token");
    }

    @Test
    void put_credentialsRotatedMeanwhile_sendsTheNewOnes(@TempDir Path directory) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "monday");
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    headers.add(call.header("x-amz-security-token"));
                    call.say(200, "", "ETag", "\"e\"");
                });
                ObjectStore store = S3ObjectStore.open(
                        s3.storage().credentials("id", Secret.of("key"), Secret.fromFile(token)),
                        S3Retries.waiting(Duration.ofMillis(1), Duration.ofMillis(5)))) {
            store.put("a", Content.of(new byte[1]));
            Files.writeString(token, "tuesday");
            store.put("b", Content.of(new byte[1]));
        }
        assertThat(headers).containsExactly("monday", "tuesday");
    }

    @Test
    void put_withChecksums_addsThemOnlyWhenAskedFor() throws IOException {
        String[] names = {"x-amz-sdk-checksum-algorithm"};
        put(storage -> storage, new byte[1], names);
        assertThat(headers).containsExactly("null");

        headers.clear();
        put(storage -> storage.checksums(S3Storage.Checksums.WHEN_SUPPORTED), new byte[1], names);
        assertThat(headers).containsExactly("CRC32");
    }

    @Test
    void put_withUnknownProfile_namesIt() {
        assertThatThrownBy(() -> put(storage -> storage.profile("no-such-profile"), new byte[1]))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("no-such-profile");
    }
}

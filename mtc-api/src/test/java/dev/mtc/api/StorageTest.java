package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mtc.api.S3Storage.Addressing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageTest {

    private static final Secret KEY = Secret.of("opensesame");

    @Test
    void s3_bucketOnly_isAmazons() {
        S3Storage storage = Storage.s3("backups.eu");

        assertThat(storage.name()).isEqualTo("backups-eu");
        assertThat(storage.bucket()).isEqualTo("backups.eu");
        assertThat(storage.endpoint()).isEmpty();
        assertThat(storage.region()).isEqualTo("us-east-1");
        assertThat(storage.addressing()).isEqualTo(Addressing.VIRTUAL_HOST);
        assertThat(storage.accessKey()).isEmpty();
        assertThat(storage.secretKey()).isEmpty();
        assertThat(storage.caBundle()).isEmpty();
        assertThat(storage.caCertificates()).isEmpty();
        assertThat(storage.isInsecure()).isFalse();
        assertThat(storage.prefix()).isEqualTo("mtc/");
        assertThat(storage).hasToString("Storage[s3://backups.eu]");
    }

    @Test
    void withers_together_keepEachOthersFields() {
        S3Storage storage = Storage.s3("backups", "http://10.0.0.1:9000")
                .named("repo")
                .region("eu-west-1")
                .pathStyleAccess()
                .credentials("id", KEY)
                .insecure()
                .caBundle("-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.UTF_8))
                .prefix("team-a/")
                .kmsKey("alias/mtc")
                .checksums(S3Storage.Checksums.WHEN_SUPPORTED)
                .volumePassword(KEY);

        assertThat(storage.kmsKey()).contains("alias/mtc");
        assertThat(storage.checksums()).isEqualTo(S3Storage.Checksums.WHEN_SUPPORTED);

        assertThat(storage.volumePassword()).containsSame(KEY);
        assertThat(storage.name()).isEqualTo("repo");
        assertThat(storage.bucket()).isEqualTo("backups");
        assertThat(storage.endpoint()).contains(URI.create("http://10.0.0.1:9000"));
        assertThat(storage.region()).isEqualTo("eu-west-1");
        assertThat(storage.addressing()).isEqualTo(Addressing.PATH);
        assertThat(storage.accessKey()).contains("id");
        assertThat(storage.secretKey()).containsSame(KEY);
        assertThat(storage.caCertificates()).contains("-----BEGIN CERTIFICATE-----");
        assertThat(storage.isInsecure()).isTrue();
        assertThat(storage.prefix()).isEqualTo("team-a/");
        assertThat(storage.virtualHostAccess().addressing()).isEqualTo(Addressing.VIRTUAL_HOST);
        assertThat(storage).hasToString("Storage[s3://backups at http://10.0.0.1:9000]");
    }

    @Test
    void withers_leaveTheOriginalAsItWas() {
        S3Storage storage = Storage.s3("backups");
        storage.named("x")
                .region("y")
                .pathStyleAccess()
                .credentials("id", KEY)
                .insecure()
                .prefix("z")
                .kmsKey("k")
                .profile("p")
                .checksums(S3Storage.Checksums.WHEN_SUPPORTED)
                .volumePassword(KEY);
        storage.caBundle(Path.of("ca.pem"));

        assertThat(storage).usingRecursiveComparison().isEqualTo(Storage.s3("backups"));
    }

    @Test
    void credentials_lastOnesGiven_count() {
        S3Storage profile = Storage.s3("backups").credentials("id", KEY, KEY).profile("work");
        assertThat(profile.profile()).contains("work");
        assertThat(profile.accessKey()).isEmpty();
        assertThat(profile.sessionToken()).isEmpty();

        S3Storage keys = profile.credentials("id", KEY);
        assertThat(keys.profile()).isEmpty();
        assertThat(keys.secretKey()).containsSame(KEY);
        assertThat(keys.sessionToken()).isEmpty();
        assertThat(keys.credentials("id", KEY, KEY).sessionToken()).containsSame(KEY);
    }

    @Test
    void blankNames_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Storage.s3("backups").profile(" "))
                .withMessageContaining("~/.aws/config");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Storage.s3("backups").kmsKey(""))
                .withMessageContaining("ARN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "Backups", "a_b", "-abc", "abc-", "s3://backups"})
    void s3_noBucketName_saysWhatToUse(String bucket) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Storage.s3(bucket))
                .withMessage("Bucket '" + bucket
                        + "' is not a bucket name; use 3 to 63 lower-case letters, digits, '.' and inner '-'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3.example:9000", "ftp://s3.example", "http://", "http://a b"})
    void s3_noEndpoint_saysWhatToGive(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Storage.s3("backups", endpoint))
                .withMessageStartingWith("S3 endpoint '" + endpoint + "' is ")
                .withMessageEndingWith("; give https://host:port");
    }

    @Test
    void s3_endpointWithCredentials_isRefusedWithoutPrintingThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Storage.s3("backups", "https://id:opensesame@s3.example"))
                .withMessageStartingWith("S3 endpoint '***@s3.example' holds credentials")
                .withMessageNotContaining("opensesame");
    }

    @Test
    void directory_hasANameAndPrintsItsPath() {
        DirectoryStorage storage = Storage.directory(Path.of("backups"));

        assertThat(storage.name()).isEqualTo("directory");
        assertThat(storage.named("repo")).isEqualTo(new DirectoryStorage("repo", Path.of("backups")));
        assertThat(storage).hasToString("Storage[backups]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> storage.named("a/b"))
                .withMessageStartingWith("The storage name 'a/b' is not an RFC 1123 label; use ");
    }
}

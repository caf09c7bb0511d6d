package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mtc.api.DirectoryStorage;
import dev.mtc.api.S3Storage;
import dev.mtc.api.S3Storage.Addressing;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories on the command line. */
class StoragesTest {

    @Test
    void parse_path_isADirectory() {
        assertThat(Storages.parse("/mnt/repo", Map.of())).isEqualTo(Storages.parse("/mnt/repo"));
        assertThat(Storages.parse("/mnt/repo")).isInstanceOf(DirectoryStorage.class);
    }

    @Test
    void parse_bucketAlone_isAmazons() {
        S3Storage storage = (S3Storage) Storages.parse("s3://migrations", Map.of());
        assertThat(storage.bucket()).isEqualTo("migrations");
        assertThat(storage.endpoint()).isEmpty();
        assertThat(storage.prefix()).isEqualTo("mtc/");
        assertThat(storage.volumePassword()).isEmpty();
    }

    @Test
    void parse_bucketWithSettings_hasThem() {
        S3Storage storage = (S3Storage) Storages.parse(
                "s3://migrations/team-a?endpoint=https://s3.example:9000&region=eu-west-1&ca=%2Fetc%2Fca.pem&profile=work&kms-key=k",
                Map.of(Storages.PASSWORD, "sesame"));
        assertThat(storage.endpoint()).contains(URI.create("https://s3.example:9000"));
        assertThat(storage.addressing()).isEqualTo(Addressing.PATH);
        assertThat(storage.prefix()).isEqualTo("team-a/");
        assertThat(storage.region()).isEqualTo("eu-west-1");
        assertThat(storage.caBundle()).contains(Path.of("/etc/ca.pem"));
        assertThat(storage.profile()).contains("work");
        assertThat(storage.kmsKey()).contains("k");
        assertThat(storage.volumePassword().orElseThrow().reveal()).isEqualTo("sesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket?regio=x", "s3://bucket?region", "s3://bucket?region=", "s3://bucket?=x"})
    void parse_unknownSetting_isNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Storages.parse(text, Map.of()))
                .withMessageStartingWith("Setting '");
    }
}

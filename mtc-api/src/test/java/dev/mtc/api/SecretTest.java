package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    @TempDir
    private Path directory;

    @Test
    void of_text_isRevealedButNotPrinted() {
        Secret secret = Secret.of("opensesame");

        assertThat(secret.reveal()).isEqualTo("opensesame");
        assertThat(secret).hasToString("Secret[given]");
    }

    @Test
    void of_blank_saysWhatToGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.of(" \n"))
                .withMessage("The secret is blank; give the token, key or password itself");
    }

    @Test
    void fromFile_rotatedFile_givesTheNewTextWithoutWhiteSpace() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "one\n");
        Secret secret = Secret.fromFile(file);

        assertThat(secret.reveal()).isEqualTo("one");
        Files.writeString(file, " two\r\n");

        assertThat(secret.reveal()).isEqualTo("two");
        assertThat(secret).hasToString("Secret[file " + file + "]");
    }

    @Test
    void fromFile_missingOrDirectory_namesIt() {
        for (Path path : new Path[] {directory.resolve("none"), directory}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Secret.fromFile(path))
                    .withMessage("Secret file " + path + " is not a readable file; check its path and permissions");
        }
    }

    @Test
    void fromFile_empty_isRefusedAtOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.fromFile(file))
                .withMessageContaining("is empty; write the token, key or password into it");
    }

    @Test
    void reveal_ofRemovedFile_namesIt() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "one");
        Secret secret = Secret.fromFile(file);
        Files.delete(file);

        assertThatThrownBy(secret::reveal)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void fromEnv_unset_namesTheVariableAndTheWayOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.fromEnv("MTC_TEST_NEVER_SET"))
                .withMessage("Environment variable MTC_TEST_NEVER_SET is not set; export it before the JVM starts,"
                        + " or use Secret.fromFile");
    }

    @Test
    void fromEnv_set_isRevealedButNotPrinted() {
        Secret secret = Secret.fromEnv("PATH");

        assertThat(secret.reveal()).isEqualTo(System.getenv("PATH"));
        assertThat(secret).hasToString("Secret[env PATH]");
    }
}

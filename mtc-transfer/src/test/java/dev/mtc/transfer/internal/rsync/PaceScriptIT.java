package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.transfer.internal.pods.Scripts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that keeps a connection below a rate, run by this machine's bash; another script stands for stunnel. */
@EnabledOnOs(OS.LINUX)
class PaceScriptIT {

    private static final int LENGTH = 400_000;

    @TempDir
    private Path directory;

    private byte[] content;

    @BeforeEach
    void write() throws Exception {
        content = new byte[LENGTH];
        new Random(7).nextBytes(content);
        bash("write_pace", Map.of("LIMIT", "100000")).waitFor();
        stunnel("cat >received");
    }

    private void stunnel(String does) throws IOException {
        Path program = directory.resolve("stunnel");
        Files.writeString(program, "#!/bin/bash\n" + does + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process bash(String command, Map<String, String> environment) throws IOException {
        ProcessBuilder bash = new ProcessBuilder(
                        "bash", "-c", "run=" + directory + "\n" + Scripts.read(Role.class, "pace.sh") + command)
                .redirectErrorStream(true);
        bash.environment().putAll(environment);
        bash.environment().merge("PATH", directory.toString(), (path, first) -> first + ":" + path);
        return bash.start();
    }

    private Duration send(Map<String, String> environment) throws Exception {
        long begun = System.nanoTime();
        Process process = bash("bash \"$run/pace.sh\"", environment);
        try (OutputStream in = process.getOutputStream()) {
            in.write(content);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllBytes(directory.resolve("received"))).isEqualTo(content);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void pace_limit_isNotExceeded() throws Exception {
        assertThat(send(Map.of())).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void pace_severalConnections_shareTheLimit() throws Exception {
        Files.writeString(directory.resolve("rate"), "200000\n");

        assertThat(send(Map.of("CONNECTIONS", "2"))).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void pace_limitRaisedMeanwhile_holdsFromThenOn() throws Exception {
        Files.writeString(directory.resolve("rate"), "3000\n");
        Process raising =
                bash("until [[ -s $run/received ]]; do sleep 0.1; done; echo 10000000 >\"$run/rate\"", Map.of());

        assertThat(send(Map.of())).as("two minutes at the first rate").isLessThan(Duration.ofSeconds(50));
        assertThat(raising.waitFor()).isZero();
    }

    @Test
    void pace_otherSideGone_endsWithItsCodeAlthoughMoreCouldCome() throws Exception {
        stunnel("head -c 1000 >received; exit 7");
        Process process = bash("bash \"$run/pace.sh\"", Map.of());
        process.getOutputStream().write(content, 0, 5000);
        process.getOutputStream().flush();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(7);
        assertThat(process.getInputStream())
                .as("what rsync would take for errors")
                .isEmpty();
    }

    @Test
    void writePace_laterLimitIsThere_keepsIt() throws Exception {
        Files.writeString(directory.resolve("rate"), "5\n");

        bash("write_pace", Map.of("LIMIT", "100000")).waitFor();

        assertThat(directory.resolve("rate")).hasContent("5");
    }
}

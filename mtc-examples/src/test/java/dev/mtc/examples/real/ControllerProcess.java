package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Phase;
import dev.mtc.examples.Launcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A controller of the source cluster in a process of its own. */
final class ControllerProcess implements AutoCloseable {

    private static final int LIMIT_SECONDS = 60;

    private final Process process;

    private ControllerProcess(Process process) {
        this.process = process;
    }

    /** Starts one and waits until it says that it works. */
    static ControllerProcess start() {
        return start(Path.of(RealClusters.env("MTC_SOURCE_KUBECONFIG")));
    }

    /** Starts one that ends by itself, as if it were killed, when a run has entered a phase. */
    static ControllerProcess startToEndIn(Phase phase) {
        try {
            Path others = Files.createTempFile("mtc-ended", ".txt");
            Files.write(
                    others,
                    Stream.of(Phase.values())
                            .filter(other -> other != phase)
                            .map(Phase::toString)
                            .toList());
            return start(Path.of(RealClusters.env("MTC_SOURCE_KUBECONFIG")), "-D" + HaltingGuard.HALT + "=" + others);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one with another account of the source cluster. */
    static ControllerProcess start(Path kubeconfig) {
        return start(kubeconfig, "-Xshare:auto");
    }

    private static ControllerProcess start(Path kubeconfig, String option) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            option,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Launcher.class.getName(),
                            "controller",
                            "--kubeconfig",
                            kubeconfig.toString(),
                            "--lease",
                            "2")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            ControllerProcess controller = new ControllerProcess(process);
            controller.awaitGreeting();
            return controller;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It prints this one line and nothing after it, so that nobody need read on. */
    private void awaitGreeting() throws IOException {
        BufferedReader printed = process.inputReader();
        assertThat(printed.readLine()).contains("looks after openshift-migration on");
    }

    /** Asks it to end (SIGTERM), as whoever stops a pod does. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** Ends it without asking (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    void awaitEnd() {
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("the controller ends")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the controller ends", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}

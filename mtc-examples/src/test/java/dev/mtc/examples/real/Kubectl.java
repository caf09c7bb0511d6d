package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an administrator types. */
final class Kubectl {

    private static final int LIMIT_SECONDS = 120;
    private static final String MISSING = "kubectl, which the real tests need, cannot be run";

    private final Path kubeconfig;

    private Kubectl(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    static Kubectl onSource() {
        return new Kubectl(Path.of(RealClusters.env("MTC_SOURCE_KUBECONFIG")));
    }

    static Kubectl onTarget() {
        return new Kubectl(Path.of(RealClusters.env("MTC_TARGET_KUBECONFIG")));
    }

    static Kubectl with(Path kubeconfig) {
        return new Kubectl(kubeconfig);
    }

    /** Creates what YAML documents say. */
    void create(String yaml, String... options) {
        List<String> arguments = new ArrayList<>(List.of("create", "-f", "-"));
        arguments.addAll(List.of(options));
        run(yaml, arguments);
    }

    /** {@return what a command prints, which must succeed} */
    String run(String... arguments) {
        return run("", List.of(arguments));
    }

    /** Starts a command that goes on printing, such as {@code get -w}. */
    KubectlWatch watch(String... arguments) {
        try {
            return new KubectlWatch(new ProcessBuilder(command(List.of(arguments)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(MISSING, e);
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.addAll(arguments);
        return command;
    }

    private String run(String input, List<String> arguments) {
        List<String> command = command(arguments);
        try {
            Path given = Files.createTempFile("mtc-kubectl", ".yaml");
            Path printed = Files.createTempFile("mtc-kubectl", ".out");
            try {
                Files.writeString(given, input);
                Process process = new ProcessBuilder(command)
                        .redirectInput(given.toFile())
                        .redirectOutput(printed.toFile())
                        .redirectErrorStream(true)
                        .start();
                assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                        .as("%s ends", command)
                        .isTrue();
                String output = Files.readString(printed, StandardCharsets.UTF_8);
                assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
                return output;
            } finally {
                Files.delete(given);
                Files.delete(printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(MISSING, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at " + command, e);
        }
    }
}

package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.engine.testing.EmbeddedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts for the prompt, in the jshell of this JDK and of every newer one that the machine has. */
class JshellScriptsIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("dev.mtc.examples.Jdks#all")
    void scripts_inTheirOrder_moveTheShopAndBack(Path jdk) throws Exception {
        try (EmbeddedCluster old =
                        EmbeddedCluster.builder("old").version("1.27").start();
                EmbeddedCluster fresh =
                        EmbeddedCluster.builder("new").version("1.31").start()) {
            JshellTest.deploy(old);
            Path report = directory.resolve("cutover.html");
            List<String> output = run(
                    jdk,
                    List.of(
                            "-R-Dsource=" + old.kubeconfig(directory.resolve("old.yaml")),
                            "-R-Dtarget=" + fresh.kubeconfig(directory.resolve("new.yaml")),
                            "-R-Dnamespace=shop:shop-eu",
                            "-R-Dreport=" + report));

            assertThat(output)
                    .anyMatch(line -> line.startsWith("source ok: v1.27"))
                    .anyMatch(line -> line.startsWith("target ok: v1.31"))
                    .anyMatch(line -> line.startsWith("Plan[shop: old -> new"))
                    .anyMatch(line -> line.startsWith("Preview[11 create"))
                    .anyMatch(line -> line.matches("Result\\[shop-stage-\\S+ SUCCEEDED.*"))
                    .anyMatch(line -> line.matches("Result\\[shop-cutover-\\S+ SUCCEEDED.* 11 created.*"))
                    .anyMatch(line -> line.matches("Result\\[shop-rollback-\\S+ SUCCEEDED in .* 11 deleted.*"))
                    .noneMatch(line -> line.contains("Error") || line.contains("Exception"));
            assertThat(report).content().contains("<h1>shop</h1>", "shop-eu/web");
            assertThat(fresh.client().namespaces().withName("shop-eu").get()).isNull();
        }
    }

    private List<String> run(Path jdk, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin/jshell").toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                "--startup",
                "DEFAULT",
                "--startup",
                Prompt.SCRIPTS.resolve("mtc.jsh").toString()));
        command.addAll(arguments);
        for (String script : List.of("connect", "preview", "stage", "cutover", "rollback")) {
            command.add(Prompt.SCRIPTS.resolve(script + ".jsh").toString());
        }
        command.add(Files.writeString(directory.resolve("exit.jsh"), "/exit\n").toString());
        Path output = directory.resolve("output.txt");
        Process shell = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(shell.waitFor(3, TimeUnit.MINUTES))
                    .as("ended: %s", output)
                    .isTrue();
        } finally {
            shell.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}

package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the guide, as it is typed, moves an application between the real clusters and back. */
class JshellRealIT {

    private static final String NAME = "jshell-it";

    @TempDir
    private Path directory;

    @Test
    void runJshell_withAllScripts_movesTheApplicationAndBack() throws Exception {
        try (RealNamespace source = RealNamespace.onSource(NAME);
                RealNamespace target = RealNamespace.onTarget(NAME)) {
            target.delete();
            SmallApplication application = SmallApplication.open(source);
            String content = application.content();
            try {
                List<String> output = run();

                assertThat(output)
                        .anyMatch(line -> line.matches("Result\\[jshell-it-stage-\\S+ SUCCEEDED.*volumes: 1 copied.*"))
                        .anyMatch(line -> line.matches("Result\\[jshell-it-cutover-\\S+ SUCCEEDED.*"))
                        .anyMatch(line -> line.matches("Result\\[jshell-it-rollback-\\S+ SUCCEEDED.*"))
                        .noneMatch(line -> line.contains("Error") || line.contains("Exception"))
                        .noneMatch(line -> line.contains(RealClusters.env("MTC_REGISTRY_B_PASSWORD")));
                assertThat(directory.resolve("cutover.html")).content().contains("jshell-it/");
                assertThat(target.exists()).isFalse();
                application.awaitReady();
                assertThat(application.content()).isEqualTo(content);
            } finally {
                target.delete();
                source.delete();
            }
        }
    }

    private List<String> run() throws Exception {
        Path output = directory.resolve("output.txt");
        ProcessBuilder command = new ProcessBuilder(
                Path.of("run").toAbsolutePath().toString(),
                "jshell",
                "-Dsource=" + RealClusters.env("MTC_SOURCE_KUBECONFIG"),
                "-Dtarget=" + RealClusters.env("MTC_TARGET_KUBECONFIG"),
                "-DsourceRegistry=http://" + RealClusters.env("MTC_REGISTRY_A"),
                "-DtargetRegistry=" + RealClusters.env("MTC_REGISTRY_B"),
                "-DtargetRegistryCa=" + RealClusters.env("MTC_REGISTRY_B_CA"),
                "-DtargetRegistryUser=" + RealClusters.env("MTC_REGISTRY_B_USER"),
                "-DtargetRegistryPasswordFrom=MTC_REGISTRY_B_PASSWORD",
                "-DmoverImage=" + RealClusters.env("MTC_MOVER_IMAGE"),
                "-Dnamespace=" + NAME,
                "-Dreport=" + directory.resolve("cutover.html"),
                "connect",
                "preview",
                "stage",
                "cutover",
                "rollback",
                Files.writeString(directory.resolve("exit.jsh"), "/exit\n").toString());
        Path jdk = Path.of(System.getProperty("java.home"));
        Map<String, String> environment = command.environment();
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("PATH", jdk.resolve("bin") + ":" + environment.get("PATH"));
        Process shell = command.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(shell.waitFor(10, TimeUnit.MINUTES)).isTrue();
        } finally {
            shell.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}

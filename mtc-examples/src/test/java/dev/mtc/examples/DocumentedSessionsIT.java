package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.examples.Pages.Block;
import dev.mtc.examples.Prompt.Echo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages show of a prompt or of the demo is what is printed, but for names of runs, addresses and times. */
class DocumentedSessionsIT {

    private static final String INPUT = "jshell> ";

    @TempDir
    private Path folder;

    /** A line that is typed and what the page says that it prints. */
    private record Exchange(String input, List<String> output) {}

    static Stream<Block> sessions() {
        return Pages.blocks("jshell").stream();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void session_printsWhatThePageSays(Block block) throws Exception {
        try (EmbeddedCluster old =
                        EmbeddedCluster.builder("old").version("1.27").start();
                EmbeddedCluster fresh =
                        EmbeddedCluster.builder("new").version("1.31").start();
                Prompt prompt = Prompt.open()) {
            JshellTest.deploy(old);
            old.kubeconfig(folder.resolve("old.kubeconfig"));
            fresh.kubeconfig(folder.resolve("new.kubeconfig"));

            for (Exchange exchange : exchanges(block)) {
                List<Echo> echoes =
                        prompt.type(List.of(exchange.input().replace("Path.of(\"", "Path.of(\"" + folder + "/")));
                if (!exchange.output().isEmpty()) {
                    assertThat(echoes.stream()
                                    .map(echo -> normal(echo.variable() + " ==> " + echo.value()))
                                    .toList())
                            .as("%s: %s", block, exchange.input())
                            .isEqualTo(exchange.output().stream()
                                    .map(DocumentedSessionsIT::normal)
                                    .toList());
                }
            }
        }
    }

    @Test
    void demo_printsWhatTheReadmeSays() {
        Block shown = Pages.blocks(Pages.ROOT.resolve("README.md")).stream()
                .filter(block -> block.text().startsWith("== plan.check()"))
                .findFirst()
                .orElseThrow();
        StringWriter printed = new StringWriter();
        Path report = folder.resolve("report.html");

        int exit =
                Launcher.commandLine().setOut(new PrintWriter(printed)).execute("demo", "--report", report.toString());

        assertThat(exit).isZero();
        assertThat(report).content().contains("<h1>shop</h1>");
        List<String> lines =
                printed.toString().lines().map(DocumentedSessionsIT::normal).toList();
        int from = 0;
        for (String line : shown.text().lines().filter(l -> !l.isBlank()).toList()) {
            if (line.strip().equals("...")) {
                continue;
            }
            Pattern pattern = Stream.of(normal(line).split("\\.\\.\\.", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.collectingAndThen(Collectors.joining(".*"), Pattern::compile));
            int at = from;
            while (at < lines.size() && !pattern.matcher(lines.get(at)).matches()) {
                at++;
            }
            assertThat(at).as("'%s' is in the demo's output", line).isLessThan(lines.size());
            from = at + 1;
        }
    }

    private static List<Exchange> exchanges(Block block) {
        List<Exchange> exchanges = new ArrayList<>();
        for (String line : block.text().lines().toList()) {
            if (line.startsWith(INPUT)) {
                exchanges.add(new Exchange(line.substring(INPUT.length()), new ArrayList<>()));
            } else if (!line.isBlank()) {
                exchanges.get(exchanges.size() - 1).output().add(line);
            }
        }
        return exchanges;
    }

    /** {@return a line without what differs from run to run} */
    private static String normal(String line) {
        return line.replaceAll("\\d{8}-\\d{6}-[0-9a-f]{4}", "RUN")
                .replaceAll("\\b\\d+(\\.\\d+)? s\\b", "TIME")
                .replaceAll("(127\\.0\\.0\\.1|localhost):\\d+", "HOST")
                .replaceAll("[^ ,]*/(old|new).kubeconfig", "$1.kubeconfig")
                .replaceAll("RUN: \\d+/\\d+ \\w+\\]", "RUN: PHASE]")
                .replaceAll("\\$\\d+ ==>", "\\$ ==>");
    }
}

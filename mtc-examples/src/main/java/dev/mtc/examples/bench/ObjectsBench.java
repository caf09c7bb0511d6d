package dev.mtc.examples.bench;

import dev.mtc.api.Side;
import dev.mtc.examples.bench.ObjectsRun.Owners;
import dev.mtc.examples.bench.ObjectsRun.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Capturing and applying ConfigMaps and Secrets of 1 KiB, beside a plain POST loop and kubectl, which get just as many objects. They take
 * turns, and another begins in each round.
 */
@Command(
        name = "objects",
        mixinStandardHelpOptions = true,
        description = "Captures and applies many small objects, beside a plain POST loop and kubectl.")
final class ObjectsBench implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, defaultValue = "${env:MTC_SOURCE_KUBECONFIG}", paramLabel = "KUBECONFIG")
    private @Nullable Path from;

    @Option(names = "--to", required = true, defaultValue = "${env:MTC_TARGET_KUBECONFIG}", paramLabel = "KUBECONFIG")
    private @Nullable Path to;

    @Option(names = "--count", split = ",", description = "How many objects; 10000,33000 if not given.")
    private List<Integer> counts = new ArrayList<>(List.of(10_000, 33_000));

    @Option(names = "--rounds", description = "How often; ${DEFAULT-VALUE} if not given.")
    private int rounds = 5;

    @Option(names = "--parallel", split = ",", description = "Widths of the POST loop, 0 for none; 16,64 if not given.")
    private List<Integer> parallel = new ArrayList<>(List.of(16, 64));

    @Option(names = "--kubectl", description = "The peer, none to leave it out; ${DEFAULT-VALUE} if not given.")
    private String kubectl = "kubectl";

    @Option(names = "--owned", description = "Lets one ConfigMap own all objects.")
    private boolean owned;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Writes the tables into a file, too.")
    private @Nullable Path markdown;

    @Option(names = "--prefix", description = "Of the namespaces that are made and deleted; ${DEFAULT-VALUE}.")
    private String prefix = "mtc-bench";

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<ObjectsRun> runs = new ArrayList<>();
        List<String> tables = new ArrayList<>(
                List.of(Machine.sentence(rounds + " rounds" + (owned ? ", objects with an owner" : ""))));
        Path directory = Files.createTempDirectory("mtc-bench");
        try (BenchCluster source = new BenchCluster(Side.SOURCE, Objects.requireNonNull(from));
                BenchCluster target = new BenchCluster(Side.TARGET, Objects.requireNonNull(to))) {
            List<Kubectl> peer =
                    kubectl.equals("none") ? List.of() : List.of(new Kubectl(kubectl, Objects.requireNonNull(to)));
            List<Integer> widths = parallel.stream().filter(width -> width > 0).toList();
            Setting setting =
                    new Setting(source, target, peer, widths, prefix, owned ? Owners.ONE : Owners.NONE, directory, out);
            for (int count : counts) {
                ObjectsRun run = new ObjectsRun(setting, count);
                run.rounds(rounds);
                runs.add(run);
            }
        } finally {
            deleteAll(directory);
        }
        tables.add("Load at the end: " + Machine.load() + ".");
        tables.addAll(tables(runs));
        out.println();
        tables.forEach(out::println);
        if (markdown != null) {
            Files.write(markdown, tables);
        }
        return 0;
    }

    private static List<String> tables(List<ObjectsRun> runs) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                "| objects | what | objects/s, median | least to most | runs | requests/object | ms CPU/object |",
                "| --- | --- | --- | --- | --- | --- | --- |"));
        runs.forEach(run -> lines.addAll(run.rows()));
        lines.addAll(List.of("", "| bar | wanted | measured | |", "| --- | --- | --- | --- |"));
        runs.forEach(run -> run.bars().forEach(bar -> lines.add(bar.row())));
        return lines;
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

package dev.mtc.examples.bench;

import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.examples.bench.ImagesRun.Setting;
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
 * Copies images from registry to registry, beside skopeo, in turn: few large layers, many small ones, many images that share
 * most layers, and all of that once more with nothing to do. Every round has new bytes, as skopeo remembers which blobs it
 * brought where and has the registry mount them; every copy goes to a repository of its own. What is left there is the
 * registry's to collect.
 */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        description = "Copies images from registry to registry, beside skopeo.")
final class ImagesBench implements Callable<Integer> {

    private static final double MOST_LARGE = 1.0;
    private static final double MOST_MANY = 0.5;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, defaultValue = "${env:MTC_REGISTRY_A}", paramLabel = "HOST")
    private String from = "";

    @Option(names = "--to", required = true, defaultValue = "${env:MTC_REGISTRY_B}", paramLabel = "HOST")
    private String to = "";

    @Option(names = "--to-user", defaultValue = "${env:MTC_REGISTRY_B_USER}", description = "Login of the target.")
    private String user = "";

    @Option(
            names = "--to-password-env",
            paramLabel = "VARIABLE",
            description = "Environment variable with its password; ${DEFAULT-VALUE} if not given.")
    private String passwordVariable = "MTC_REGISTRY_B_PASSWORD";

    @Option(names = "--to-ca", defaultValue = "${env:MTC_REGISTRY_B_CA}", description = "PEM of its authority.")
    private @Nullable Path authority;

    @Option(names = "--rounds", description = "How often; ${DEFAULT-VALUE} if not given.")
    private int rounds = 5;

    @Option(names = "--large-mib", description = "Size of each of eight large layers; ${DEFAULT-VALUE} if not given.")
    private int largeMib = 128;

    @Option(names = "--small", description = "How many layers of 1 MiB; ${DEFAULT-VALUE} if not given.")
    private int small = 60;

    @Option(names = "--images", description = "How many images share four of five layers; ${DEFAULT-VALUE}.")
    private int images = 30;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Writes the tables into a file, too.")
    private @Nullable Path markdown;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Registry target = Registry.at(to).credentials(user, Secret.fromEnv(passwordVariable));
        if (authority != null) {
            target = target.caBundle(authority);
        }
        List<String> tables = new ArrayList<>(
                List.of(Machine.sentence("heap of mtc up to " + MtcProcess.HEAP_MIB + " MiB", rounds + " rounds")));
        Path directory = Files.createTempDirectory("mtc-bench-images");
        String name = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Setting setting = new Setting(Registry.at(from).plainHttp(), target, directory, name, out);
        List<ImagesRun> runs = List.of(
                new ImagesRun(setting, ImageSet.one("large", 8, largeMib), MOST_LARGE),
                new ImagesRun(setting, ImageSet.one("small", small, 1), MOST_MANY),
                new ImagesRun(setting, ImageSet.sharing("shared", images), MOST_MANY));
        try {
            for (ImagesRun run : runs) {
                run.rounds(rounds);
            }
        } finally {
            Files.delete(directory);
        }
        tables.addAll(tables(runs));
        out.println();
        tables.forEach(out::println);
        out.flush();
        if (markdown != null) {
            Files.write(markdown, tables);
        }
        return 0;
    }

    private static List<String> tables(List<ImagesRun> runs) {
        List<String> lines = new ArrayList<>(List.of(
                "Load at the end: " + Machine.load() + ".",
                "",
                "| images | who | s, median | least to most | s CPU, median | MiB resident, most | runs |",
                "| --- | --- | --- | --- | --- | --- | --- |"));
        runs.forEach(run -> lines.addAll(run.times()));
        lines.add("");
        runs.forEach(run -> lines.add("* " + run.control()));
        lines.addAll(List.of(
                "",
                "| images | who | requests/tag of the source | of the target | to log in, source and target |",
                "| --- | --- | --- | --- | --- |"));
        runs.forEach(run -> lines.addAll(run.requests()));
        lines.addAll(List.of("", "| bar | wanted | measured | |", "| --- | --- | --- | --- |"));
        runs.forEach(run -> run.bars().forEach(bar -> lines.add(bar.row())));
        return lines;
    }
}

package dev.mtc.examples.bench;

import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Copies images from registry to registry, beside skopeo, in turn: few large layers, many small ones, many images that share
 * most layers, and all of that once more with nothing to do. Every copy goes to a repository of its own, so that no
 * registry has anything of it before; what is left there is the registry's to collect.
 */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        description = "Copies images from registry to registry, beside skopeo.")
final class ImagesBench implements Callable<Integer> {

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

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Registry source = Registry.at(from).plainHttp();
        Registry target = Registry.at(to).credentials(user, Secret.fromEnv(passwordVariable));
        if (authority != null) {
            target = target.caBundle(authority);
        }
        Path directory = Files.createTempDirectory("mtc-bench-images");
        String run = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Skopeo skopeo = new Skopeo(source, target);
        Copies copies = new Copies();
        try (MtcImages mtc = new MtcImages(source, target)) {
            for (ImageSet set : List.of(
                    ImageSet.one("large", 8, largeMib),
                    ImageSet.one("small", small, 1),
                    ImageSet.sharing("shared", images))) {
                out.printf("pushing %s to %s%n", set, from);
                out.flush();
                set.push(directory, skopeo, run);
                for (int round = 1; round <= rounds; round++) {
                    round(set, run, round, skopeo, mtc, copies);
                    out.printf("%s: round %d of %d%n", set.name(), round, rounds);
                    out.flush();
                }
                deleteAll(directory);
                Files.createDirectories(directory);
            }
        } finally {
            deleteAll(directory);
        }
        copies.lines().forEach(out::println);
        out.printf(
                Locale.ROOT,
                "of this process: peak RSS %d MiB, most heap in use after a collection %d MiB%n",
                ProcessUse.peakRssMib(ProcessHandle.current().pid()),
                copies.mostHeapMib());
        out.flush();
        return 0;
    }

    /** Whoever is first changes with the round. */
    private static void round(ImageSet set, String run, int round, Skopeo skopeo, MtcImages mtc, Copies copies) {
        String place = run + "/" + set.name() + "/" + round;
        Runnable ours = () -> {
            copies.time(set.name(), "mtc", () -> mtc.copy(set, run, place + "-mtc"));
            copies.time(set.name() + " unchanged", "mtc", () -> mtc.copy(set, run, place + "-mtc"));
        };
        Runnable theirs = () -> {
            copies.time(set.name(), "skopeo", () -> skopeo.copy(set, run, place + "-skopeo"));
            copies.time(set.name() + " unchanged", "skopeo", () -> skopeo.copy(set, run, place + "-skopeo"));
        };
        (round % 2 == 0 ? ours : theirs).run();
        (round % 2 == 0 ? theirs : ours).run();
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

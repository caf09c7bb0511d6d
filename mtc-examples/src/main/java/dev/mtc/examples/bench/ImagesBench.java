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
 * most layers, and all of that once more with nothing to do. Every round has new bytes, as skopeo remembers which blobs it
 * brought where and has the registry mount them; every copy goes to a repository of its own. What is left there is the
 * registry's to collect.
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
        BareUpload bare = new BareUpload(target);
        Copies copies = new Copies("skopeo");
        try (MtcImages mtc = new MtcImages(source, target)) {
            for (ImageSet set : List.of(
                    ImageSet.one("large", 8, largeMib),
                    ImageSet.one("small", small, 1),
                    ImageSet.sharing("shared", images))) {
                out.println(set);
                for (int round = 1; round <= rounds; round++) {
                    String place = run + "-" + round;
                    set.push(directory, System.nanoTime(), skopeo, place);
                    Runnable control = () -> copies.time(
                            set.name(), "bare", () -> bare.upload(ImageSet.blobs(directory), place + "/bare"));
                    inTurn(round, control, theirs(set, place, skopeo, copies), ours(set, place, mtc, copies));
                    out.printf("%s: round %d of %d%n", set.name(), round, rounds);
                    out.flush();
                    deleteAll(directory);
                    Files.createDirectories(directory);
                }
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
        out.printf(Locale.ROOT, "of skopeo: peak RSS %d MiB%n", skopeo.peakRssMib());
        out.flush();
        return 0;
    }

    private static Runnable ours(ImageSet set, String run, MtcImages mtc, Copies copies) {
        return () -> {
            copies.time(set.name(), "mtc", () -> mtc.copy(set, run, run + "/mtc"));
            copies.time(set.name() + " unchanged", "mtc", () -> mtc.copy(set, run, run + "/mtc"));
        };
    }

    private static Runnable theirs(ImageSet set, String run, Skopeo skopeo, Copies copies) {
        return () -> {
            copies.time(set.name(), "skopeo", () -> skopeo.copy(set, run, run + "/skopeo"));
            copies.time(set.name() + " unchanged", "skopeo", () -> skopeo.copy(set, run, run + "/skopeo"));
        };
    }

    /** Whoever is first changes with the round. */
    private static void inTurn(int round, Runnable... contenders) {
        for (int i = 0; i < contenders.length; i++) {
            contenders[(round + i) % contenders.length].run();
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package dev.mtc.examples.bench;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Side;
import dev.mtc.api.Storage;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.VolumeMove;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Takes a volume from cluster to cluster through a bucket, beside restic by hand, in turn: all of it, then again after one in a
 * hundred files has changed, each up and down. By hand means a pod that backs up and a pod that restores, without a look at what arrived. Each
 * contender has a target and a part of the bucket of its own.
 */
@Command(
        name = "repository",
        mixinStandardHelpOptions = true,
        description = "Takes a volume through a bucket, beside restic by hand.")
final class RepositoryBench implements Callable<Integer> {

    private static final String RESTIC = "restic -q -o s3.bucket-lookup=path ";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, defaultValue = "${env:MTC_SOURCE_KUBECONFIG}", paramLabel = "FILE")
    private Path from = Path.of("");

    @Option(names = "--to", required = true, defaultValue = "${env:MTC_TARGET_KUBECONFIG}", paramLabel = "FILE")
    private Path to = Path.of("");

    @Option(names = "--mover-image", required = true, defaultValue = "${env:MTC_MOVER_IMAGE}", paramLabel = "IMAGE")
    private String image = "";

    @Option(names = "--bucket", required = true, defaultValue = "${env:MTC_S3_BUCKET}", paramLabel = "NAME")
    private String bucket = "";

    @Option(names = "--endpoint", required = true, defaultValue = "${env:MTC_S3_ENDPOINT}", paramLabel = "URL")
    private String endpoint = "";

    @Option(names = "--access-key", required = true, defaultValue = "${env:MTC_S3_ACCESS_KEY}", paramLabel = "ID")
    private String accessKey = "";

    @Option(names = "--secret-key-env", description = "Variable with the secret key; ${DEFAULT-VALUE}.")
    private String secretKeyVariable = "MTC_S3_SECRET_KEY";

    @Option(names = "--rounds", description = "How often; ${DEFAULT-VALUE} if not given.")
    private int rounds = 3;

    @Option(names = "--large", description = "How many files of 8 MiB; ${DEFAULT-VALUE} if not given.")
    private int large = 64;

    @Option(names = "--small", description = "How many files of 4 KiB; ${DEFAULT-VALUE} if not given.")
    private int small = 20_000;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Writes the tables into a file, too.")
    private @Nullable Path markdown;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        String run = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Secret secret = Secret.fromEnv(secretKeyVariable);
        S3Storage storage = Storage.s3(bucket, endpoint)
                .pathStyleAccess()
                .credentials(accessKey, secret)
                .prefix(run + "/");
        Copies copies = new Copies("restic");
        List<String> tables = new ArrayList<>(
                List.of(Machine.sentence(rounds + " rounds, " + large + " files of 8 MiB and " + small + " of 4 KiB")));
        try (BenchVolumes volumes = new BenchVolumes(from, to, run, image);
                MtcVolumes mtc = MtcVolumes.through(storage, volumes, run)) {
            for (int round = 1; round <= rounds; round++) {
                round(round, new Contest("large", large, 8 << 20, volumes, copies), mtc, hand(secret, run));
                round(round, new Contest("small", small, 4 << 10, volumes, copies), mtc, hand(secret, run));
                out.printf(Locale.ROOT, "round %d of %d%n", round, rounds);
                out.flush();
            }
        }
        tables.add("Load at the end: " + Machine.load() + ".");
        tables.addAll(tables(copies));
        copies.lines().forEach(out::println);
        out.println();
        tables.forEach(out::println);
        out.flush();
        if (markdown != null) {
            Files.write(markdown, tables);
        }
        return 0;
    }

    private static List<String> tables(Copies copies) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                "| what | who | seconds, median | least to most | s CPU here | MiB resident | runs |",
                "| --- | --- | --- | --- | --- | --- | --- |"));
        lines.addAll(copies.rows());
        lines.addAll(List.of("", "| bar | wanted | measured | |", "| --- | --- | --- | --- |"));
        copies.bars().forEach(bar -> lines.add(bar.row()));
        return lines;
    }

    /**
     * What is copied in a round.
     *
     * @param name what it is called
     * @param files how many files
     * @param bytes the size of each
     * @param volumes where
     * @param copies takes the times
     */
    private record Contest(String name, int files, int bytes, BenchVolumes volumes, Copies copies) {

        /** Every file has new bytes, so that nothing is stored already. */
        String fill() {
            return "cd /volume; head -c " + (long) files * bytes + " /dev/urandom | split -a 6 -b " + bytes;
        }

        /** One in a hundred, one at least. */
        String change() {
            return "cd /volume; ls | sed -n '1~100p' | while read -r f; do head -c " + bytes
                    + " /dev/urandom >$f; done";
        }
    }

    private Map<String, String> hand(Secret secret, String run) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", accessKey);
        environment.put("AWS_SECRET_ACCESS_KEY", secret.reveal());
        environment.put("RESTIC_PASSWORD", "bench");
        environment.put("RESTIC_REPOSITORY", "s3:" + endpoint + "/" + bucket + "/" + run + "/hand");
        return environment;
    }

    private static void round(int round, Contest contest, MtcVolumes mtc, Map<String, String> hand) {
        BenchVolumes volumes = contest.volumes();
        String name = contest.name() + "-" + round;
        ClaimRef source = volumes.claim(Side.SOURCE, name);
        ClaimRef ours = volumes.claim(Side.TARGET, name + "-mtc");
        ClaimRef theirs = volumes.claim(Side.TARGET, name + "-hand");
        Map<String, String> environment = new HashMap<>(hand);
        environment.computeIfPresent("RESTIC_REPOSITORY", (key, url) -> url + "/" + name);
        volumes.run(Side.SOURCE, source, contest.fill(), Map.of());
        volumes.run(Side.SOURCE, source, RESTIC + "init", environment);
        for (VolumeMove.Pass pass : VolumeMove.Pass.values()) {
            String what = contest.name() + (pass == VolumeMove.Pass.HOT ? ", all" : ", 1 % changed");
            VolumeMove move = new VolumeMove(name + pass, source, ours, VolumeChoice.copy(), pass, "bench-00000000");
            Runnable mine = () -> {
                contest.copies().time(what + ", up", "mtc", () -> mtc.store(move));
                contest.copies().time(what + ", down", "mtc", () -> mtc.pass(move));
            };
            Runnable other = () -> {
                String backup = RESTIC + "backup --host h /volume";
                String restore = RESTIC + "restore latest --target /";
                contest.copies()
                        .time(what + ", up", "restic", () -> volumes.run(Side.SOURCE, source, backup, environment));
                contest.copies()
                        .time(what + ", down", "restic", () -> volumes.run(Side.TARGET, theirs, restore, environment));
            };
            (round % 2 == 0 ? mine : other).run();
            (round % 2 == 0 ? other : mine).run();
            mtc.tidyUp(move);
            volumes.run(Side.SOURCE, source, contest.change(), Map.of());
        }
        volumes.deleteClaim(Side.SOURCE, source);
        volumes.deleteClaim(Side.TARGET, ours);
        volumes.deleteClaim(Side.TARGET, theirs);
    }
}

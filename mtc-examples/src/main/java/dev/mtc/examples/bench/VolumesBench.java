package dev.mtc.examples.bench;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import java.io.PrintWriter;
import java.nio.file.Path;
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
 * Copies a volume from pod to pod, beside an rsync daemon by hand and tar, in turn: all of it, then again after one in a
 * hundred files has changed; then through the tunnel, and a look at all of it without a change. Each contender has a target of
 * its own; making and removing pods is part of every time.
 */
@Command(
        name = "volumes",
        mixinStandardHelpOptions = true,
        description = "Copies a volume from pod to pod, beside rsync by hand and tar.")
final class VolumesBench implements Callable<Integer> {

    private static final String MTC = "mtc";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, defaultValue = "${env:MTC_SOURCE_KUBECONFIG}", paramLabel = "FILE")
    private Path from = Path.of("");

    @Option(names = "--to", required = true, defaultValue = "${env:MTC_TARGET_KUBECONFIG}", paramLabel = "FILE")
    private Path to = Path.of("");

    @Option(names = "--mover-image", required = true, defaultValue = "${env:MTC_MOVER_IMAGE}", paramLabel = "IMAGE")
    private String image = "";

    @Option(names = "--rounds", description = "How often; ${DEFAULT-VALUE} if not given.")
    private int rounds = 5;

    @Option(names = "--large-mib", description = "Size of each of two large files; ${DEFAULT-VALUE}, 0 for none.")
    private int largeMib = 1024;

    @Option(names = "--small", description = "How many thousands of files of 4 KiB; ${DEFAULT-VALUE}, 0 for none.")
    private int small = 100;

    /** What the contenders have to do. */
    private final Copies copies = new Copies("rsync");

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        String run = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        try (BenchVolumes volumes = new BenchVolumes(from, to, run, image)) {
            for (int round = 1; round <= rounds; round++) {
                if (largeMib > 0) {
                    new Round("large", round, volumes, run).compete(largeFiles(), changed("head -c 20M"), true);
                }
                if (small > 0) {
                    new Round("small", round, volumes, run).compete(smallFiles(), changed("head -c 4K"), false);
                }
                out.printf(Locale.ROOT, "round %d of %d%n", round, rounds);
                out.flush();
            }
        }
        copies.lines().forEach(out::println);
        if (largeMib > 0) {
            out.println(copies.ratio(MTC, "large, tunnel", "large, all"));
            out.println(copies.ratio(MTC, "large, verified", "large, all"));
        }
        out.flush();
        return 0;
    }

    private String largeFiles() {
        return "for f in 1 2; do head -c " + largeMib + "M /dev/urandom >/volume/$f; done";
    }

    private String smallFiles() {
        return "for ((d = 0; d < " + small + "; d++)); do mkdir /volume/$d; cd /volume/$d;"
                + " head -c 4096000 /dev/urandom | split -a 4 -b 4096 -; done";
    }

    /** One file in a hundred, one at least, begins with other bytes. */
    private static String changed(String bytes) {
        return "find /volume -type f | sort | sed -n '1~100p' | while read -r f; do " + bytes
                + " /dev/urandom | dd of=$f conv=notrunc status=none iflag=fullblock bs=1M; done";
    }

    /** One volume on the source, and the targets of the contenders. */
    private final class Round {
        private final String name;
        private final int number;
        private final BenchVolumes volumes;
        private final HandCopies hand;
        private final MtcVolumes direct;
        private final MtcVolumes tunnelled;
        private final ClaimRef source;
        private final ClaimRef ours;
        private final ClaimRef theirs;
        private final ClaimRef others;

        Round(String name, int number, BenchVolumes volumes, String run) {
            this.name = name;
            this.number = number;
            this.volumes = volumes;
            hand = new HandCopies(volumes);
            direct = MtcVolumes.direct(EndpointChoice.NODE_PORT, volumes, run);
            tunnelled = MtcVolumes.direct(EndpointChoice.TUNNEL, volumes, run);
            source = volumes.claim(Side.SOURCE, name + "-" + number);
            ours = target("mtc");
            theirs = target("rsync");
            others = target("others");
        }

        private ClaimRef target(String who) {
            return volumes.claim(Side.TARGET, name + "-" + number + "-" + who);
        }

        void compete(String fill, String change, boolean alsoOthers) {
            volumes.run(Side.SOURCE, source, fill, Map.of());
            both(", all", Pass.HOT);
            copies.time(name + ", all", "tar", () -> hand.tar(source, others));
            if (alsoOthers) {
                mtc(
                        ", verified",
                        direct,
                        move(ours, Pass.COLD, VolumeChoice.copy().verify()));
                volumes.run(Side.TARGET, others, "rm -r /volume/*", Map.of());
                mtc(", tunnel", tunnelled, move(others, Pass.HOT, VolumeChoice.copy()));
            }
            volumes.run(Side.SOURCE, source, change, Map.of());
            both(", 1 % changed", Pass.COLD);
            volumes.deleteClaim(Side.SOURCE, source);
            for (ClaimRef claim : new ClaimRef[] {ours, theirs, others}) {
                volumes.deleteClaim(Side.TARGET, claim);
            }
        }

        /** Whoever is first changes with the round. */
        private void both(String what, Pass pass) {
            Runnable mine = () -> mtc(what, direct, move(ours, pass, VolumeChoice.copy()));
            Runnable other = () -> copies.time(name + what, "rsync", () -> hand.rsync(source, theirs));
            (number % 2 == 0 ? mine : other).run();
            (number % 2 == 0 ? other : mine).run();
        }

        private VolumeMove move(ClaimRef target, Pass pass, VolumeChoice.Copy choice) {
            return new VolumeMove(target.name() + pass + choice.hashCode(), source, target, choice, pass);
        }

        private void mtc(String what, MtcVolumes mtc, VolumeMove move) {
            copies.time(name + what, MTC, () -> mtc.pass(move));
            mtc.tidyUp(move);
        }
    }
}

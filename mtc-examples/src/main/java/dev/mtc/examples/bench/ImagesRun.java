package dev.mtc.examples.bench;

import dev.mtc.api.ImageChoice;
import dev.mtc.api.Registry;
import dev.mtc.examples.bench.Bar.Relation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One set of images, which all contenders copy in turn, and once more when nothing is left to do. */
final class ImagesRun {

    private static final String SKOPEO = "skopeo";
    private static final String CONTROL = "bare upload";
    private static final String UNCHANGED = ", unchanged";
    private static final double MOST_UNCHANGED = 0.5;
    private static final double MOST_HEAP_MB = 64;

    private final Setting setting;
    private final ImageSet set;
    private final double most;
    private final Copies copies = new Copies(SKOPEO);
    private final List<Asked> asked = new ArrayList<>();
    private long mostHeapMib;

    /**
     * What all sets share.
     *
     * @param source where images are
     * @param target where they go
     * @param directory for blobs, empty between two rounds
     * @param name begins the names of all repositories
     * @param out for progress
     */
    record Setting(Registry source, Registry target, Path directory, String name, PrintWriter out) {}

    /** How mtc is run. */
    private enum Manner {
        USUAL("mtc", ImageChoice.copy()),
        ALONE("mtc, no attachments", ImageChoice.copy().withoutAttachments());

        private final String title;
        private final ImageChoice choice;

        Manner(String title, ImageChoice choice) {
            this.title = title;
            this.choice = choice;
        }
    }

    /**
     * What it took to see that nothing is to be done.
     *
     * @param who saw it
     * @param source what the source was asked
     * @param target what the target was asked
     */
    private record Asked(String who, CountingProxy.Count source, CountingProxy.Count target) {}

    /**
     * Makes one.
     *
     * @param most how long mtc may take, if skopeo takes 1
     */
    ImagesRun(Setting setting, ImageSet set, double most) {
        this.setting = setting;
        this.set = set;
        this.most = most;
    }

    /** Copies as often. */
    void rounds(int rounds) throws IOException {
        setting.out().println(set);
        Skopeo skopeo = new Skopeo(setting.source(), setting.target());
        try (MtcProcess mtc = new MtcProcess(setting.source(), setting.target())) {
            for (int round = 1; round <= rounds; round++) {
                String place = place(round);
                set.push(setting.directory(), System.nanoTime(), skopeo, place);
                inTurn(round, control(place), theirs(place, skopeo), ours(place, mtc));
                setting.out().printf("%s: round %d of %d%n", set.name(), round, rounds);
                setting.out().flush();
                empty(setting.directory());
            }
            mostHeapMib = mtc.mostHeapMib();
        } finally {
            empty(setting.directory());
        }
        count(place(rounds));
    }

    private String place(int round) {
        return setting.name() + "-" + round;
    }

    private Runnable control(String place) {
        BareUpload bare = new BareUpload(setting.target());
        return () -> copies.time(
                set.name(), CONTROL, () -> bare.upload(ImageSet.blobs(setting.directory()), place + "/bare"));
    }

    private Runnable ours(String place, MtcProcess mtc) {
        String to = place + "/mtc";
        return () -> {
            copies.add(set.name(), Manner.USUAL.title, mtc.copy(set, place, to, Manner.USUAL.choice));
            for (Manner manner : Manner.values()) {
                copies.add(set.name() + UNCHANGED, manner.title, mtc.copy(set, place, to, manner.choice));
            }
        };
    }

    private Runnable theirs(String place, Skopeo skopeo) {
        String to = place + "/skopeo";
        return () -> {
            copies.measure(set.name(), SKOPEO, () -> skopeo.copy(set, place, to));
            copies.measure(set.name() + UNCHANGED, SKOPEO, () -> skopeo.copy(set, place, to));
        };
    }

    /** Whoever is first changes with the round. What one wrote is on disk before the next begins. */
    private static void inTurn(int round, Runnable... contenders) throws IOException {
        for (int i = 0; i < contenders.length; i++) {
            new ProcessBuilder("sync").start().onExit().join();
            contenders[(round + i) % contenders.length].run();
        }
    }

    private static void empty(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Has all of them look once more at what is there, not timed, through something that counts. */
    private void count(String place) throws IOException {
        try (CountingProxy source = new CountingProxy(setting.source());
                CountingProxy target = new CountingProxy(setting.target());
                MtcImages mtc = new MtcImages(source.connection(), target.connection())) {
            for (Manner manner : Manner.values()) {
                mtc.copy(set, place, place + "/mtc", manner.choice);
                asked.add(new Asked(manner.title, source.take(), target.take()));
            }
            new Skopeo(source.connection(), target.connection()).copy(set, place, place + "/skopeo");
            asked.add(new Asked(SKOPEO, source.take(), target.take()));
        }
    }

    /** {@return rows of a table of times} */
    List<String> times() {
        return copies.rows();
    }

    /** {@return rows of a table of requests for what is unchanged} */
    List<String> requests() {
        return asked.stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "| %s | %s | %.2f | %.2f | %d, %d |",
                        set.name() + UNCHANGED,
                        one.who(),
                        perTag(one.source()),
                        perTag(one.target()),
                        one.source().loggingIn(),
                        one.target().loggingIn()))
                .toList();
    }

    private double perTag(CountingProxy.Count count) {
        return (double) count.requests() / set.images();
    }

    /** {@return what is expected} */
    List<Bar> bars() {
        String ratio = ": time, mtc / skopeo";
        String usual = Manner.USUAL.title;
        List<Bar> bars = new ArrayList<>();
        bars.add(new Bar(set.name() + ratio, copies.wallRatio(set.name(), usual, SKOPEO), Relation.AT_MOST, most));
        String unchanged = set.name() + UNCHANGED;
        for (Manner manner : Manner.values()) {
            bars.add(new Bar(
                    unchanged + ": time, " + manner.title + " / skopeo",
                    copies.wallRatio(unchanged, manner.title, SKOPEO),
                    Relation.AT_MOST,
                    MOST_UNCHANGED));
        }
        for (Asked one : asked) {
            if (!one.who().equals(SKOPEO)) {
                bars.add(perTag(unchanged, one.who(), "source", one.source()));
                bars.add(perTag(unchanged, one.who(), "target", one.target()));
            }
        }
        bars.add(new Bar(
                set.name() + ": heap of mtc in use after collections, MB",
                mostHeapMib * 1.048576,
                Relation.AT_MOST,
                MOST_HEAP_MB));
        return bars;
    }

    private Bar perTag(String unchanged, String who, String side, CountingProxy.Count count) {
        return new Bar(
                unchanged + ": requests/tag of the " + side + ", " + who, perTag(count), Relation.AT_MOST, 1);
    }

    /** {@return how long mtc took, compared with what sends the same out of files and does nothing else} */
    String control() {
        return String.format(
                Locale.ROOT,
                "%s: mtc / bare upload %.2f, skopeo / bare upload %.2f",
                set.name(),
                copies.wallRatio(set.name(), Manner.USUAL.title, CONTROL),
                copies.wallRatio(set.name(), SKOPEO, CONTROL));
    }
}

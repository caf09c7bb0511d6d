package dev.mtc.examples.bench;

import dev.mtc.api.Plan;
import dev.mtc.engine.internal.objects.Archive;
import dev.mtc.engine.internal.objects.ArchiveWriter;
import dev.mtc.engine.internal.objects.Capture;
import dev.mtc.engine.internal.objects.Restore;
import dev.mtc.engine.internal.objects.RestoreResult;
import dev.mtc.engine.internal.objects.RestoreSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Rounds with one number of objects, in which the contenders take turns, each in a fresh namespace of the target. */
final class ObjectsRun {

    private static final String CONTROL = "new: POST loop, %d at a time";
    private static final String CAPTURE = "capture: mtc";
    private static final String NEW = "new: mtc";
    private static final String UNCHANGED = "unchanged: mtc";
    private static final String CHANGED = "changed: mtc";
    private static final String NEW_APPLY = "new: kubectl apply --server-side";

    private final Setting setting;
    private final int count;
    private final Measurements measured;
    private final Work first;
    private final Work second;
    private double mostHeapMib = Double.NaN;

    ObjectsRun(Setting setting, int count) {
        this.setting = setting;
        this.count = count;
        this.measured = new Measurements(count);
        this.first = new Work(setting.prefix() + "-1", setting.directory().resolve("1.tar.gz"));
        this.second = new Work(setting.prefix() + "-2", setting.directory().resolve("2.tar.gz"));
    }

    /** Whether sample objects belong to another. */
    enum Owners {
        NONE,
        ONE
    }

    /**
     * What is the same for every number of objects.
     *
     * @param source where objects are captured
     * @param target where they are applied
     * @param peer kubectl, on the target
     * @param widths of the POST loop
     * @param prefix of the namespaces that are made and deleted
     * @param owners whether the objects belong to another
     * @param directory for files
     * @param out where progress goes
     */
    record Setting(
            BenchCluster source,
            BenchCluster target,
            List<Kubectl> peer,
            List<Integer> widths,
            String prefix,
            Owners owners,
            Path directory,
            PrintWriter out) {}

    /**
     * What is captured and how it is kept.
     *
     * @param from the namespace on the source
     * @param file the archive
     */
    private record Work(String from, Path file) {}

    /** Measures. */
    void rounds(int rounds) {
        try {
            fill(first.from(), 1);
            fill(second.from(), 2);
            List<Runnable> contenders = contenders();
            for (int round = 1; round <= rounds; round++) {
                say("%,d objects, round %d of %d", count, round, rounds);
                contenders.forEach(Runnable::run);
                Collections.rotate(contenders, -1);
            }
            heap();
        } finally {
            setting.source().deleteNamespace(first.from());
            setting.source().deleteNamespace(second.from());
            setting.target().deleteNamespace(setting.prefix());
        }
    }

    private void fill(String namespace, int generation) {
        setting.source().createNamespace(namespace);
        setting.source().post(samples(setting.source(), namespace, generation), namespace, 32);
    }

    private SampleObjects samples(BenchCluster cluster, String namespace, int generation) {
        return new SampleObjects(
                count, generation, setting.owners() == Owners.NONE ? "" : cluster.createOwner(namespace));
    }

    private List<Runnable> contenders() {
        List<Runnable> contenders = new ArrayList<>();
        setting.widths().forEach(width -> contenders.add(() -> post(width)));
        contenders.add(this::migrate);
        setting.peer().forEach(peer -> {
            contenders.add(() -> create(peer));
            contenders.add(() -> apply(peer));
        });
        return contenders;
    }

    private void freshNamespace() {
        BenchCluster target = setting.target();
        if (target.server().find("/api/v1/namespaces/" + setting.prefix()).isPresent()) {
            target.deleteNamespace(setting.prefix());
        }
        target.createNamespace(setting.prefix());
    }

    private void post(int width) {
        freshNamespace();
        SampleObjects objects = samples(setting.target(), setting.prefix(), 1);
        measure(String.format(CONTROL, width), setting.target()::requests, () -> setting.target()
                .post(objects, setting.prefix(), width));
    }

    private void migrate() {
        freshNamespace();
        measure(CAPTURE, setting.source()::requests, () -> capture(first));
        Archive old = Archive.open(first.file());
        measure(NEW, setting.target()::requests, () -> apply(first, old));
        measure(UNCHANGED, setting.target()::requests, () -> apply(first, old));
        capture(second);
        Archive changed = Archive.open(second.file());
        measure(CHANGED, setting.target()::requests, () -> apply(second, changed));
    }

    /** Once more, without looking at the clock. */
    private void heap() {
        freshNamespace();
        long[] alive = {
            HeapGauge.mostAliveMib(() -> capture(first)),
            HeapGauge.mostAliveMib(() -> apply(first, Archive.open(first.file()))),
            HeapGauge.mostAliveMib(() -> apply(first, Archive.open(first.file())))
        };
        say("heap alive at most: capture %d MiB, new %d MiB, unchanged %d MiB", alive[0], alive[1], alive[2]);
        mostHeapMib = Math.max(alive[0], Math.max(alive[1], alive[2]));
    }

    private void create(Kubectl peer) {
        freshNamespace();
        Path file = file(1);
        measure("new: kubectl create", ObjectsRun::notCounted, () -> peer.run("create", "-f", file.toString()));
    }

    private void apply(Kubectl peer) {
        freshNamespace();
        String old = file(1).toString();
        measure(NEW_APPLY, ObjectsRun::notCounted, () -> peer.run("apply", "--server-side", "-f", old));
        measure(
                "unchanged: kubectl apply",
                ObjectsRun::notCounted,
                () -> peer.run("apply", "--server-side", "-f", old));
        Path changed = setting.directory().resolve("changed.yaml");
        SampleObjects objects = new SampleObjects(count, 2, owner());
        objects.write(changed, setting.prefix());
        measure(
                "changed: kubectl apply",
                ObjectsRun::notCounted,
                () -> peer.run("apply", "--server-side", "-f", changed.toString()));
    }

    private Path file(int generation) {
        Path file = setting.directory().resolve("objects.yaml");
        samples(setting.target(), setting.prefix(), generation).write(file, setting.prefix());
        return file;
    }

    private String owner() {
        return setting.owners() == Owners.NONE
                ? ""
                : setting.target()
                        .server()
                        .client()
                        .configMaps()
                        .inNamespace(setting.prefix())
                        .withName(SampleObjects.OWNER)
                        .get()
                        .getMetadata()
                        .getUid();
    }

    private Plan plan(Work work) {
        return Plan.named("bench")
                .from(setting.source().cluster())
                .to(setting.target().cluster())
                .namespace(work.from(), setting.prefix())
                .excludeResources("serviceaccounts")
                .build();
    }

    private void capture(Work work) {
        try (ArchiveWriter writer = Archive.create(work.file())) {
            Capture.of(
                            setting.source().server(),
                            setting.source().discovery(),
                            setting.target().discovery(),
                            plan(work),
                            setting.source().executor())
                    .into(writer, done -> {});
            writer.finish();
        }
    }

    private void apply(Work work, Archive archive) {
        RestoreResult result = Restore.of(
                        setting.target().server(),
                        setting.target().discovery(),
                        RestoreSettings.of(plan(work), "bench", "bench"),
                        archive,
                        setting.target().executor())
                .apply(done -> {});
        if (!result.errors().isEmpty()) {
            throw new IllegalStateException(result.errors().size() + " objects failed; the first: "
                    + result.errors().get(0));
        }
    }

    private void measure(String what, LongSupplier requests, Runnable work) {
        Measurements.Sample sample = measured.run(what, requests, work);
        say(
                "  %-34s %,8.0f objects/s; per object %s requests, %.2f ms CPU",
                what, sample.rate(), Measurements.requests(sample.requests()), sample.cpuMillis());
    }

    private void say(String format, Object... parts) {
        setting.out().printf(Locale.ROOT, format + "%n", parts);
        setting.out().flush();
    }

    /** {@return the medians as rows of a Markdown table} */
    List<String> rows() {
        return measured.rows();
    }

    /** {@return what is expected, and whether it holds} */
    List<Bar> bars() {
        String of = String.format(Locale.ROOT, ", %,d objects", count);
        double control = measured.best(setting.widths().stream()
                .map(width -> String.format(CONTROL, width))
                .toList());
        return List.of(
                new Bar("new: mtc / best POST loop" + of, measured.rate(NEW) / control, Bar.Relation.AT_LEAST, 0.9),
                new Bar(
                        "new: mtc / kubectl apply" + of,
                        measured.rate(NEW) / measured.rate(NEW_APPLY),
                        Bar.Relation.AT_LEAST,
                        3),
                new Bar("unchanged: mtc, objects/s" + of, measured.rate(UNCHANGED), Bar.Relation.AT_LEAST, 5_000),
                new Bar("capture: mtc, objects/s" + of, measured.rate(CAPTURE), Bar.Relation.AT_LEAST, 5_000),
                new Bar("heap alive at most, MiB" + of, mostHeapMib, Bar.Relation.BELOW, 244));
    }

    private static long notCounted() {
        return -1;
    }
}

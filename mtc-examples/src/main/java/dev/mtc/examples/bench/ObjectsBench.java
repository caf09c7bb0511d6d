package dev.mtc.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.objects.Archive;
import dev.mtc.engine.internal.objects.ArchiveWriter;
import dev.mtc.engine.internal.objects.Capture;
import dev.mtc.engine.internal.objects.Restore;
import dev.mtc.engine.internal.objects.RestoreResult;
import dev.mtc.engine.internal.objects.RestoreSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Capturing and applying ConfigMaps and Secrets of 1 KiB, beside a plain POST loop and kubectl, in turn. */
@Command(
        name = "objects",
        mixinStandardHelpOptions = true,
        description = "Captures and applies many small objects, beside a plain POST loop and kubectl.")
final class ObjectsBench implements Callable<Integer> {

    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final String CONTROL = "new: POST loop, %d at a time";
    private static final String NEW = "new: mtc";
    private static final String NEW_APPLY = "new: kubectl apply --server-side";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, defaultValue = "${env:MTC_SOURCE_KUBECONFIG}", paramLabel = "KUBECONFIG")
    private @Nullable Path from;

    @Option(names = "--to", required = true, defaultValue = "${env:MTC_TARGET_KUBECONFIG}", paramLabel = "KUBECONFIG")
    private @Nullable Path to;

    @Option(names = "--count", description = "How many objects; ${DEFAULT-VALUE} if not given.")
    private int count = 10_000;

    @Option(names = "--rounds", description = "How often; ${DEFAULT-VALUE} if not given.")
    private int rounds = 5;

    @Option(names = "--parallel", split = ",", description = "Widths of the POST loop, 0 for none; 16,64 if not given.")
    private List<Integer> parallel = new ArrayList<>(List.of(16, 64));

    @Option(names = "--kubectl", description = "The peer; ${DEFAULT-VALUE} if not given.")
    private String kubectl = "kubectl";

    @Option(names = "--kubectl-count", description = "How many objects kubectl gets; 0 leaves it out.")
    private int kubectlCount = 1_000;

    @Option(names = "--passes", split = ",", description = "Out of capture, new, unchanged, changed; all if not given.")
    private Set<Pass> passes = EnumSet.allOf(Pass.class);

    /** What mtc does in a round. */
    private enum Pass {
        CAPTURE,
        NEW,
        UNCHANGED,
        CHANGED
    }

    @Option(names = "--prefix", description = "Of the namespaces that are made and deleted; ${DEFAULT-VALUE}.")
    private String prefix = "mtc-bench";

    private final Rates rates = new Rates();
    private final HeapGauge heap = new HeapGauge();
    private long mostHeapMib;
    private long cpuBefore;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path directory = Files.createTempDirectory("mtc-bench");
        try (BenchCluster source = new BenchCluster(Side.SOURCE, Objects.requireNonNull(from));
                BenchCluster target = new BenchCluster(Side.TARGET, Objects.requireNonNull(to))) {
            SampleObjects before = new SampleObjects(count, 1);
            Work old = new Work(source, target, prefix + "-1", directory.resolve("1.tar.gz"));
            Work changed = new Work(source, target, prefix + "-2", directory.resolve("2.tar.gz"));
            try {
                fill(source, old.from(), before);
                if (passes.contains(Pass.CHANGED)) {
                    fill(source, changed.from(), new SampleObjects(count, 2));
                }
                for (int round = 1; round <= rounds; round++) {
                    round(out, round, old, changed);
                }
            } finally {
                source.deleteNamespace(old.from());
                if (passes.contains(Pass.CHANGED)) {
                    source.deleteNamespace(changed.from());
                }
                target.deleteNamespace(prefix);
            }
        } finally {
            deleteAll(directory);
        }
        summary(out);
        return 0;
    }

    private static void fill(BenchCluster source, String namespace, SampleObjects objects) {
        source.createNamespace(namespace);
        source.post(objects, namespace, 32);
    }

    private void round(PrintWriter out, int round, Work old, Work changed) throws IOException {
        BenchCluster target = old.target();
        out.printf("round %d of %d%n", round, rounds);
        out.flush();
        for (int width : parallel) {
            control(out, target, width);
        }
        if (kubectlCount > 0) {
            peers(target);
        }
        inFreshNamespace(target, () -> {
            Archive captured = capture(out, old);
            if (passes.contains(Pass.NEW)) {
                apply(out, NEW, old, captured);
            }
            if (passes.contains(Pass.UNCHANGED)) {
                apply(out, "unchanged: mtc", old, captured);
            }
            if (passes.contains(Pass.CHANGED)) {
                apply(out, "changed: mtc", changed, capture(out, changed));
            }
        });
    }

    private void control(PrintWriter out, BenchCluster target, int width) {
        if (width > 0) {
            String what = String.format(CONTROL, width);
            inFreshNamespace(target, () -> {
                cpuBefore = CPU.getProcessCpuTime();
                double rate = rates.time(what, count, () -> target.post(new SampleObjects(count, 1), prefix, width));
                tell(out, what, rate, target.requests());
            });
        }
    }

    private void inFreshNamespace(BenchCluster target, Runnable work) {
        if (target.server().find("/api/v1/namespaces/" + prefix).isPresent()) {
            target.deleteNamespace(prefix);
        }
        target.createNamespace(prefix);
        work.run();
    }

    private void peers(BenchCluster target) throws IOException {
        Kubectl peer = new Kubectl(kubectl, Objects.requireNonNull(to));
        Path file = Files.createTempFile("mtc-bench", ".yaml");
        Path changed = Files.createTempFile("mtc-bench", ".yaml");
        try {
            new SampleObjects(kubectlCount, 1).write(file, prefix);
            new SampleObjects(kubectlCount, 2).write(changed, prefix);
            inFreshNamespace(
                    target,
                    () -> rates.time(
                            "new: kubectl create", kubectlCount, () -> peer.run("create", "-f", file.toString())));
            String[] apply = {"apply", "--server-side", "-f", file.toString()};
            inFreshNamespace(target, () -> {
                rates.time(NEW_APPLY, kubectlCount, () -> peer.run(apply));
                rates.time("unchanged: kubectl apply", kubectlCount, () -> peer.run(apply));
                apply[3] = changed.toString();
                rates.time("changed: kubectl apply", kubectlCount, () -> peer.run(apply));
            });
        } finally {
            Files.delete(file);
            Files.delete(changed);
        }
    }

    /**
     * One side of the work and the other.
     *
     * @param source where objects are captured
     * @param target where they are applied
     * @param from the namespace on the source
     * @param file where the archive is kept
     */
    private record Work(BenchCluster source, BenchCluster target, String from, Path file) {
        Plan plan(String to) {
            return Plan.named("bench")
                    .from(source.cluster())
                    .to(target.cluster())
                    .namespace(from, to)
                    .excludeResources("serviceaccounts")
                    .build();
        }
    }

    private Archive capture(PrintWriter out, Work work) {
        Archive[] archive = new Archive[1];
        heap.mostMib();
        cpuBefore = CPU.getProcessCpuTime();
        work.source().requests();
        double rate = rates.time("capture: mtc", count, () -> {
            try (ArchiveWriter writer = Archive.create(work.file())) {
                Capture.of(
                                work.source().server(),
                                work.source().discovery(),
                                work.target().discovery(),
                                work.plan(prefix),
                                work.source().executor())
                        .into(writer, done -> {});
                archive[0] = writer.finish();
            }
        });
        tell(out, "captured", rate, work.source().requests());
        return archive[0];
    }

    private void apply(PrintWriter out, String what, Work work, Archive archive) {
        heap.mostMib();
        cpuBefore = CPU.getProcessCpuTime();
        RestoreResult[] result = new RestoreResult[1];
        work.target().requests();
        double rate = rates.time(
                what,
                count,
                () -> result[0] = Restore.of(
                                work.target().server(),
                                work.target().discovery(),
                                RestoreSettings.of(work.plan(prefix), "bench", "bench"),
                                archive,
                                work.target().executor())
                        .apply(done -> {}));
        tell(
                out,
                what + ": " + result[0] + " " + work.target().server().pace(),
                rate,
                work.target().requests());
        result[0].errors().stream().limit(3).forEach(out::println);
    }

    private void tell(PrintWriter out, String what, double rate, long requests) {
        long mib = heap.mostMib();
        long cpuNow = CPU.getProcessCpuTime();
        double cpuMillis = (cpuNow - cpuBefore) / 1e6 / count;
        cpuBefore = cpuNow;
        mostHeapMib = Math.max(mostHeapMib, mib);
        out.printf(
                Locale.ROOT,
                "  %s: %.0f objects/s, %.3f requests and %.2f ms CPU per object, heap in use %d MiB%n",
                what,
                rate,
                (double) requests / count,
                cpuMillis,
                mib);
        out.flush();
    }

    private void summary(PrintWriter out) {
        out.printf("%nmedians, %d objects (kubectl %d)%n", count, kubectlCount);
        rates.lines().forEach(out::println);
        double control = rates.best(
                parallel.stream().map(width -> String.format(CONTROL, width)).toList());
        if (control > 0) {
            out.printf(Locale.ROOT, "new: mtc / best POST loop           %.2f%n", rates.median(NEW) / control);
        }
        if (kubectlCount > 0) {
            out.printf(
                    Locale.ROOT,
                    "new: mtc / kubectl apply            %.2f%n",
                    rates.median(NEW) / rates.median(NEW_APPLY));
        }
        out.printf("most heap in use after a collection %d MiB%n", mostHeapMib);
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

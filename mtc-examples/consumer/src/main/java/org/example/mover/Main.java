package org.example.mover;

import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Storage;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Moves a namespace between two clusters in this JVM, and tells what is left of that in it afterwards. */
public final class Main {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What a thread that was told to end may take until it has. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(10);

    /** Daemons that the JDK, fabric8 and OkHttp share by the whole JVM, and that end by themselves when idle, or never. */
    private static final Set<String> TIMERS = Set.of(
            "CompletableFutureDelayScheduler", "CachedSingleThreadScheduler", "OkHttp TaskRunner", "Okio Watchdog");

    private Main() {}

    /** Exits with 1 if anything is left but idle timers. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new ServerSocket(0).close(); // the JDK's sockets keep one for themselves from the first on
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        long socketsBefore = sockets();
        move();
        Set<String> left = new TreeSet<>();
        Set<String> timers = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (TIMERS.stream().anyMatch(thread.getName()::startsWith)) {
                timers.add(thread.getName());
            } else if (!before.contains(thread)) {
                thread.join(LAST_STEPS.toMillis());
                if (thread.isAlive()) {
                    left.add(thread.getName());
                }
            }
        }
        long sockets = sockets() - socketsBefore;
        System.out.println("threads left: " + left + ", idle timers of libraries: " + timers);
        System.out.println("sockets left: " + sockets);
        System.exit(left.isEmpty() && sockets <= 0 ? 0 : 1);
    }

    private static void move() throws IOException {
        Path files = Files.createTempDirectory("mover");
        try (EmbeddedCluster old = EmbeddedCluster.start("old");
                EmbeddedCluster fresh = EmbeddedCluster.start("new")) {
            old.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("shop")
                            .endMetadata()
                            .build())
                    .create();
            old.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace("shop")
                            .withName("prices")
                            .endMetadata()
                            .addToData("tea", "3")
                            .build())
                    .create();
            Plan plan = Plan.named("shop")
                    .from(Clusters.fromKubeconfig(old.kubeconfig(files.resolve("old.yaml")))
                            .named("old"))
                    .to(Clusters.fromKubeconfig(fresh.kubeconfig(files.resolve("new.yaml")))
                            .named("new"))
                    .via(Storage.directory(files.resolve("store")))
                    .namespace("shop")
                    .build();
            MigrationResult moved =
                    Migration.of(plan).quiesce().verify().cutover().await(LIMIT);
            System.out.println(moved.requireClean());
            System.out.println("tea costs "
                    + fresh.client()
                            .configMaps()
                            .inNamespace("shop")
                            .withName("prices")
                            .get()
                            .getData()
                            .get("tea"));
        } finally {
            delete(files);
        }
    }

    private static void delete(Path files) throws IOException {
        try (Stream<Path> all = Files.walk(files)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Open sockets of this process where Linux tells them, else -1. */
    private static long sockets() {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return -1;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(Main::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }
}

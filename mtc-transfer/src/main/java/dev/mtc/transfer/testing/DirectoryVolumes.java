package dev.mtc.transfer.testing;

import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.VolumeMover;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The volumes of clusters that have no nodes, such as embedded ones: a directory for each claim, and a mover that copies from
 * directory to directory with modes, times, symbolic and hard links, deletes what the source does not have, and compares both
 * sides where a plan asks for it. Owners, extended attributes and device files are left out. Thread-safe.
 *
 * @since 0.1
 */
public final class DirectoryVolumes implements AutoCloseable {

    /** Nothing is cut. */
    static final long WHOLE = Long.MAX_VALUE;

    private final Path root;
    private final Map<String, DirectoryCopy> copies = new ConcurrentHashMap<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicInteger corruptions = new AtomicInteger();
    private final AtomicLong cutAfter = new AtomicLong(WHOLE);
    private final ExecutorService threads;
    private volatile long bytesPerSecond = WHOLE;

    private DirectoryVolumes(Path root) {
        this.root = root;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "mtc-directory-volume-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Keeps volumes below a directory.
     *
     * @param root made if it is missing; never deleted
     * @return the volumes
     */
    public static DirectoryVolumes in(Path root) {
        return new DirectoryVolumes(root);
    }

    /**
     * {@return the directory of a claim's data, which is made if it is missing}
     *
     * @param cluster a client of the cluster
     * @param namespace the claim's namespace
     * @param claim the claim's name
     * @throws UncheckedIOException if it cannot be made
     */
    public Path of(KubernetesClient cluster, String namespace, String claim) {
        String server =
                cluster.getMasterUrl().getHost() + "-" + cluster.getMasterUrl().getPort();
        Path directory = root.resolve(server).resolve(namespace).resolve(claim);
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the volume " + directory + ": " + e, e);
        }
    }

    Path of(KubernetesClient cluster, ClaimRef claim) {
        return of(cluster, claim.namespace(), claim.name());
    }

    /** {@return a mover for {@link dev.mtc.api.Migration#provider}; all of them know each other's transfers} */
    public VolumeMover mover() {
        return new DirectoryVolumeMover(this, copies, threads);
    }

    /**
     * Breaks the next attempts at copies, as a lost connection does. Like a real mover a copy goes on by itself with what has
     * not arrived, and fails with {@code ConnectionLost} when its fifth attempt is broken. Attempts that send fewer bytes go
     * through.
     *
     * @param times how many attempts
     * @param afterBytes when, in bytes of an attempt
     */
    public void cutNext(int times, long afterBytes) {
        cutAfter.set(afterBytes);
        cuts.set(times);
    }

    /**
     * Has the next files that are copied arrive with another byte, unnoticed by the copy.
     *
     * @param files how many
     */
    public void corruptNext(int files) {
        corruptions.set(files);
    }

    /**
     * Slows each copy down.
     *
     * @param bytesPerSecond positive
     * @throws IllegalArgumentException if it is not
     */
    public void slowDown(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("bytesPerSecond is " + bytesPerSecond + "; give a positive number");
        }
        this.bytesPerSecond = bytesPerSecond;
    }

    /** {@return how many attempts were broken so far} */
    public long cuts() {
        return broken.get();
    }

    void wasCut() {
        broken.incrementAndGet();
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** {@return after how many bytes an attempt that begins now is cut} */
    long nextCut() {
        return cuts.getAndUpdate(left -> Math.max(left - 1, 0)) > 0 ? cutAfter.get() : WHOLE;
    }

    boolean isNextCorrupted() {
        return corruptions.getAndUpdate(left -> Math.max(left - 1, 0)) > 0;
    }

    /** Stops all copies and waits until none of them writes any more, a minute at most; the directories stay. */
    @Override
    public void close() {
        copies.values().forEach(DirectoryCopy::stop);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Copies below " + root + " do not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "DirectoryVolumes[" + root + "]";
    }
}

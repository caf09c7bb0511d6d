package dev.mtc.examples.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** How much heap some work needs: what is in use right after garbage collections. */
final class HeapGauge {

    private static final long MIB = 1 << 20;
    private static final long PAUSE_MILLIS = 50;

    private final AtomicLong most = new AtomicLong();
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());

    HeapGauge() {
        NotificationListener listener = (notification, handback) -> {
            if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
                note(GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                        .getGcInfo()
                        .getMemoryUsageAfterGc());
            }
        };
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
            }
        }
    }

    private void note(Map<String, MemoryUsage> pools) {
        long used = pools.entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        most.accumulateAndGet(used, Math::max);
    }

    /**
     * {@return the most that was in use after a collection since the last question, in MiB} If there was no collection, it is what is
     * in use now, which can only have grown.
     */
    long mostMib() {
        long seen = most.getAndSet(0);
        return (seen == 0 ? inUse() : seen) / MIB;
    }

    /**
     * {@return the most that was alive while some work ran, in MiB} Collects again and again meanwhile, so the time that it takes tells
     * nothing.
     */
    static long mostAliveMib(Runnable work) {
        long alive = 0;
        CompletableFuture<Void> done = CompletableFuture.runAsync(work, task -> new Thread(task, "measured").start());
        do {
            System.gc();
            alive = Math.max(alive, inUse());
        } while (!isDoneSoon(done));
        done.join();
        return alive / MIB;
    }

    private static boolean isDoneSoon(CompletableFuture<Void> work) {
        return work.handle((nothing, failure) -> true)
                .completeOnTimeout(false, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static long inUse() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

package dev.mtc.engine.internal.controller;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that have something to be done. A key is worked on by one thread at a time however often it is added; one that is
 * added while it is worked on is worked on once more. Thread-safe.
 *
 * @param <K> the key
 */
final class WorkQueue<K> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(5);

    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final Function<K, Optional<Duration>> work;
    private final Set<K> busy = new HashSet<>();
    private final Set<K> again = new HashSet<>();
    private final Map<K, ScheduledFuture<?>> later = new HashMap<>();
    private boolean closed;

    /**
     * Makes an empty queue.
     *
     * @param timer for keys that are to be looked at later; not closed
     * @param workers where work is done; not closed
     * @param work what is done with a key; says when to look again, if without being told
     */
    WorkQueue(ScheduledExecutorService timer, Executor workers, Function<K, Optional<Duration>> work) {
        this.timer = timer;
        this.workers = workers;
        this.work = work;
    }

    /** Adds a key. */
    synchronized void add(K key) {
        if (closed) {
            return;
        }
        ScheduledFuture<?> planned = later.remove(key);
        if (planned != null) {
            planned.cancel(false);
        }
        if (!busy.add(key)) {
            again.add(key);
            return;
        }
        execute(key);
    }

    private void execute(K key) {
        try {
            workers.execute(() -> run(key));
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is not looked at any more", key, e);
        }
    }

    private void run(K key) {
        Optional<Duration> next;
        try {
            next = work.apply(key);
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be looked after, trying again in {} s", key, AFTER_ERROR.toSeconds(), e);
            next = Optional.of(AFTER_ERROR);
        }
        done(key, next);
    }

    private synchronized void done(K key, Optional<Duration> next) {
        if (closed) {
            return;
        }
        if (again.remove(key)) {
            execute(key);
            return;
        }
        busy.remove(key);
        next.ifPresent(delay ->
                later.put(key, timer.schedule(() -> add(key), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS)));
    }

    @Override
    public synchronized void close() {
        closed = true;
        later.values().forEach(planned -> planned.cancel(false));
        later.clear();
    }
}

package dev.mtc.engine.internal.objects;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.MtcException;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Objects that were refused and may not be the next time. What waits for something to come up, such as an admission webhook's pod, is
 * tried until the patience is used up; what was refused for another reason that may pass is tried once more. Thread-safe.
 *
 * @param <T> one try; sorts as it was first made
 */
final class SecondChances<T extends Comparable<T>> {

    /** More than these are not held in memory. */
    static final int MOST_HELD = 1000;

    /** Servers that have no better word for a passing trouble say 500, and also where it never passes. */
    private static final Duration PATIENCE_FOR_MISHAPS = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final PriorityQueue<T> refused = new PriorityQueue<>();
    private final Consumer<Duration> pause;
    private final Duration patience;
    private Duration waited = Duration.ZERO;
    private boolean again;

    private SecondChances(Duration patience, Consumer<Duration> pause) {
        this.patience = patience;
        this.pause = pause;
    }

    /**
     * {@return no objects yet}
     *
     * @param patience how long to wait altogether for what has to come up
     * @param pause waits
     */
    static <T extends Comparable<T>> SecondChances<T> within(Duration patience, Consumer<Duration> pause) {
        return new SecondChances<>(patience, pause);
    }

    /** Keeps what was refused, if it has a chance left. */
    synchronized void add(T attempt, MtcException cause) {
        boolean mishap = status(cause) == 500 && waited.compareTo(PATIENCE_FOR_MISHAPS) < 0;
        if (again ? isOutage(cause) || mishap : mayPass(cause)) {
            refused.add(attempt);
        }
    }

    /** {@return whether no more should be held} */
    synchronized boolean isFull() {
        return refused.size() >= MOST_HELD;
    }

    /**
     * Tries all that is held until it went well or has no chance left.
     *
     * @param round tries some, in the order of the list, and {@link #add adds} what is refused again
     */
    void use(Consumer<List<T>> round) {
        Duration next = FIRST_PAUSE;
        for (List<T> attempts = take(); !attempts.isEmpty(); attempts = take()) {
            round.accept(attempts);
            if (isOver()) {
                break;
            }
            pause.accept(next);
            addWaited(next);
            Duration twice = next.multipliedBy(2);
            next = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
        end();
    }

    private synchronized List<T> take() {
        again = true;
        List<T> taken = new ArrayList<>();
        for (T each = refused.poll(); each != null; each = refused.poll()) {
            taken.add(each);
        }
        return taken;
    }

    private synchronized boolean isOver() {
        return refused.isEmpty() || waited.compareTo(patience) >= 0;
    }

    private synchronized void addWaited(Duration pause) {
        waited = waited.plus(pause);
    }

    private synchronized void end() {
        refused.clear();
        again = false;
    }

    private static int status(MtcException cause) {
        return cause instanceof ClusterAccessException refusal ? refusal.status() : 0;
    }

    private static boolean mayPass(MtcException cause) {
        int status = status(cause);
        boolean invalid = status == 400 || status == 401 || status == 422;
        return !invalid;
    }

    /** {@return whether something does not do its work, rather than not wanting the object} */
    private static boolean isOutage(MtcException cause) {
        int status = status(cause);
        return status == 0
                || status == 429
                || status > 500
                || (cause instanceof ClusterAccessException refusal && ApiServer.isAdmissionOutage(refusal));
    }
}

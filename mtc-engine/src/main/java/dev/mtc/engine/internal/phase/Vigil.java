package dev.mtc.engine.internal.phase;

import dev.mtc.engine.internal.quiesce.Quiesce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches over stopped applications until it is clear that they stay so. Something that was brought back once has to be
 * down for a while, as whatever did it may do it again.
 */
final class Vigil {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration REST = Duration.ofSeconds(12);

    private Instant lastLook;
    private @Nullable Instant lastReturn;
    private boolean atRest;
    private List<String> broughtBack = List.of();

    Vigil(Instant begin) {
        lastLook = begin;
    }

    /** {@return whether to look at the workloads: now and then, and at once when no pod is left} */
    boolean isDue(Instant now, List<String> pods) {
        boolean justEmpty = pods.isEmpty() && !atRest && lastReturn == null;
        return justEmpty || !now.isBefore(lastLook.plus(INTERVAL));
    }

    /** Notes what a look at the workloads showed that came after one at the pods. */
    void looked(Instant now, List<String> pods, Quiesce.StopAgain found) {
        lastLook = now;
        atRest = pods.isEmpty() && found.changes().changed().isEmpty();
        if (!found.broughtBack().isEmpty()) {
            lastReturn = now;
            broughtBack = found.broughtBack();
        }
    }

    /** {@return whether all is down and likely to stay so} */
    boolean isQuiet(Instant now) {
        Instant since = lastReturn;
        return atRest && (since == null || !now.isBefore(since.plus(REST)));
    }

    /** {@return sentences about what was brought back, and by whom} */
    List<String> broughtBack() {
        return broughtBack;
    }
}

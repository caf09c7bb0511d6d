package dev.mtc.testkit;

import dev.mtc.api.Phase;
import dev.mtc.api.spi.PhaseGuard;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Fails runs in phases, each once. */
final class PhaseFaults implements PhaseGuard {

    /** No guard is asked by what ends a canceled or failed run, and there is nothing to do in the last phase. */
    private static final Set<Phase> NEVER_ASKED = EnumSet.of(
            Phase.CANCELING,
            Phase.CANCELED,
            Phase.MIGRATION_FAILED,
            Phase.DELETE_DIRECT_VOLUME_MIGRATION_RESOURCES,
            Phase.DELETE_DIRECT_IMAGE_MIGRATION_RESOURCES,
            Phase.COMPLETED);

    private final Set<Phase> due = ConcurrentHashMap.newKeySet();

    void failOn(Phase phase) {
        if (NEVER_ASKED.contains(phase)) {
            throw new IllegalArgumentException("failOn(" + phase + ") would never fail anything: what cleans up after a"
                    + " failure or a cancel always may go on, and Completed is the end; give a phase of the itineraries"
                    + " Stage, Final or Rollback");
        }
        due.add(phase);
    }

    /** {@return the faults that have failed nothing so far} */
    List<String> unspent() {
        return due.stream().sorted().map(phase -> "failOn(" + phase + ")").toList();
    }

    @Override
    public String id() {
        return "testkit-faults";
    }

    @Override
    public void enter(String runId, Phase phase) {
        if (due.remove(phase)) {
            throw new IllegalStateException("failed on request in phase " + phase);
        }
    }
}

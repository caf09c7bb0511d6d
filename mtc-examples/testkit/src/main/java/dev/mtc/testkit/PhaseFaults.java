package dev.mtc.testkit;

import dev.mtc.api.Phase;
import dev.mtc.api.spi.PhaseGuard;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Fails runs in phases, each once. */
final class PhaseFaults implements PhaseGuard {

    private final Set<Phase> due = ConcurrentHashMap.newKeySet();

    void failOn(Phase phase) {
        due.add(phase);
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

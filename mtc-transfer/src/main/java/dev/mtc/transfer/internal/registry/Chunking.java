package dev.mtc.transfer.internal.registry;

import java.util.concurrent.atomic.AtomicReference;

/** Whether a registry takes blobs in parts, which is tried with the first large one. Thread-safe. */
final class Chunking {

    private enum State {
        UNKNOWN,
        WORKS,
        REFUSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

    boolean isRefused() {
        return state.get() == State.REFUSED;
    }

    /** A part was taken. */
    void works() {
        state.compareAndSet(State.UNKNOWN, State.WORKS);
    }

    /** {@return whether the registry takes no parts} One was refused, which says nothing once others were taken. */
    boolean refuse() {
        state.compareAndSet(State.UNKNOWN, State.REFUSED);
        return isRefused();
    }
}

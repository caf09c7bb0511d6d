package dev.mtc.api;

import java.util.function.Consumer;

/**
 * Watches a run. The events of one run come one at a time and in order, progress of an item at most twice a second, never
 * while a lock is held. A listener must not block and cannot steer; an exception thrown by it is logged once and dropped.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface MigrationListener {

    /**
     * Called for each event.
     *
     * @param event what happened
     */
    void onEvent(MigrationEvent event);

    /**
     * {@return a listener for events of one type}
     *
     * @param <E> the type
     * @param type its class
     * @param action called for each of them
     */
    static <E extends MigrationEvent> MigrationListener on(Class<E> type, Consumer<? super E> action) {
        return new TypedListener<>(type, action);
    }
}

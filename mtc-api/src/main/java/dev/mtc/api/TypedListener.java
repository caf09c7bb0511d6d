package dev.mtc.api;

import java.util.Objects;
import java.util.function.Consumer;

/** A listener for events of one type. */
final class TypedListener<E extends MigrationEvent> implements MigrationListener {

    private final Class<E> type;
    private final Consumer<? super E> action;

    TypedListener(Class<E> type, Consumer<? super E> action) {
        this.type = Objects.requireNonNull(type, "type");
        this.action = Objects.requireNonNull(action, "action");
    }

    @Override
    public void onEvent(MigrationEvent event) {
        if (type.isInstance(event)) {
            action.accept(type.cast(event));
        }
    }

    @Override
    public String toString() {
        return "Listener[on " + type.getSimpleName() + "]";
    }
}

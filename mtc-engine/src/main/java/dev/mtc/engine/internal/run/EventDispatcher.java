package dev.mtc.engine.internal.run;

import dev.mtc.api.MigrationEvent;
import dev.mtc.api.MigrationListener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, one event after the other. A listener that throws is warned about once and stays. */
final class EventDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

    private final List<MigrationListener> listeners;
    private final Set<MigrationListener> warnedAbout = new HashSet<>();

    EventDispatcher(List<MigrationListener> listeners) {
        this.listeners = listeners;
    }

    /** Called by the driver's thread only, which keeps the order. */
    void tell(MigrationEvent event) {
        for (MigrationListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | Error e) {
                if (warnedAbout.add(listener)) {
                    LOG.warn("Listener {} failed and its exceptions are dropped from here on", listener.getClass(), e);
                }
            }
        }
    }
}

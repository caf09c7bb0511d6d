package dev.mtc.engine.internal.transfer;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What movers note about a run's transfers, kept together with the rows. Thread-safe. */
final class MoverNotes {

    private final Map<String, String> notes = new TreeMap<>();
    private boolean changed;

    synchronized void load(Map<String, String> kept) {
        kept.forEach(notes::putIfAbsent);
    }

    synchronized Optional<String> find(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    /** Notes something; an empty value removes the note. */
    synchronized void put(String key, String value) {
        String before = value.isEmpty() ? notes.remove(key) : notes.put(key, value);
        changed |= !value.equals(before == null ? "" : before);
    }

    /** {@return whether there is something that was not kept yet} */
    synchronized boolean isChanged() {
        return changed;
    }

    /** {@return all notes, which are kept from now on} */
    synchronized Map<String, String> taken() {
        changed = false;
        return Map.copyOf(notes);
    }
}

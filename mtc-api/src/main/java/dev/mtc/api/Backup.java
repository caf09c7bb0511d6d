package dev.mtc.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Captured objects in a repository, by a cut-over or by Velero.
 *
 * @param name its name; that of the run, if a cut-over made it
 * @param started when capturing began; {@link Instant#EPOCH} if it does not say
 * @param namespaces the namespaces on the source, empty for all of them
 * @param objects how many objects it has, -1 if it does not say
 * @since 0.1
 */
public record Backup(String name, Instant started, List<String> namespaces, long objects) {

    public Backup {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(started, "started");
        namespaces = List.copyOf(namespaces);
    }

    @Override
    public String toString() {
        return "Backup[" + name + " of " + (namespaces.isEmpty() ? "all namespaces" : String.join(", ", namespaces))
                + ", " + started + (objects < 0 ? "" : ", " + Counts.of(objects, "object")) + "]";
    }
}

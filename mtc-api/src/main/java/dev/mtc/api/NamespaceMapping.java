package dev.mtc.api;

import java.util.Objects;

/**
 * A namespace of a plan.
 *
 * @param source its name on the source
 * @param target its name on the target
 * @since 0.1
 */
public record NamespaceMapping(String source, String target) {

    public NamespaceMapping {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
    }

    /** {@return whether the name changes} */
    public boolean isRename() {
        return !source.equals(target);
    }

    /** {@return as MTC writes it, {@code source} or {@code source:target}} */
    @Override
    public String toString() {
        return isRename() ? source + ":" + target : source;
    }
}

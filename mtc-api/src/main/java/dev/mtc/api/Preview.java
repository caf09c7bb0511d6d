package dev.mtc.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a cut-over would do.
 *
 * @param actions everything, objects in the order in which they would be applied, then images, then volumes
 * @param warnings what could not be carried over or needs attention
 */
public record Preview(List<Action> actions, List<Problem> warnings) {

    public Preview {
        actions = List.copyOf(actions);
        warnings = List.copyOf(warnings);
    }

    /** What would happen to something. */
    public enum Verb {
        /** It would be made on the target. */
        CREATE,
        /** It is on the target and would be changed. */
        UPDATE,
        /** It is on the target and equal. */
        UNCHANGED,
        /** It would not be carried over. */
        SKIP,
        /** Its data would be copied. */
        COPY,
        /** It is in the way and would keep the migration from starting. */
        CONFLICT
    }

    /**
     * What would happen to one thing.
     *
     * @param verb what
     * @param kind {@code object}, {@code image} or {@code volume}
     * @param subject its name on the target, or on the source where it is skipped
     * @param bytes bytes to copy, 0 for objects, -1 if not known
     * @param reason why, empty if obvious
     */
    public record Action(Verb verb, String kind, String subject, long bytes, String reason) {

        @Override
        public String toString() {
            return verb + " " + kind + " " + subject + (bytes > 0 ? " (" + Sizes.format(bytes) + ")" : "")
                    + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    /** {@return all of it, a line for each action and warning} */
    public String describe() {
        return this
                + actions.stream().map(a -> "\n  " + a).collect(Collectors.joining())
                + warnings.stream().map(w -> "\n  WARN " + w).collect(Collectors.joining());
    }

    private long count(String kind, Verb verb) {
        return actions.stream()
                .filter(a -> a.kind().equals(kind) && a.verb() == verb)
                .count();
    }

    @Override
    public String toString() {
        long conflicts = actions.stream().filter(a -> a.verb() == Verb.CONFLICT).count();
        return "Preview[" + count("object", Verb.CREATE) + " create, " + count("object", Verb.UPDATE) + " update, "
                + count("object", Verb.UNCHANGED) + " unchanged, " + count("object", Verb.SKIP) + " skip; "
                + Counts.of(count("image", Verb.COPY), "image") + "; " + Counts.of(count("volume", Verb.COPY), "volume")
                + (conflicts == 0 ? "" : "; " + Counts.of(conflicts, "conflict"))
                + (warnings.isEmpty() ? "" : "; " + Counts.of(warnings.size(), "warning")) + "]";
    }
}

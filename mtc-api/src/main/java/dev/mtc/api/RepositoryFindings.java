package dev.mtc.api;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a look at all content of a repository found.
 *
 * @param objects how many objects were read to their end
 * @param sizeBytes how much that was
 * @param problems what is damaged or missing: the key, whose it is, and what to do; errors where a plan needs it
 * @since 0.1
 */
public record RepositoryFindings(long objects, long sizeBytes, List<Problem> problems) {

    /** Nothing read, nothing found. */
    public static final RepositoryFindings NONE = new RepositoryFindings(0, 0, List.of());

    public RepositoryFindings {
        problems = List.copyOf(problems);
    }

    /**
     * {@return this and another one together}
     *
     * @param other found in the same repository
     */
    public RepositoryFindings and(RepositoryFindings other) {
        return new RepositoryFindings(
                objects + other.objects,
                sizeBytes + other.sizeBytes,
                Stream.concat(problems.stream(), other.problems.stream()).toList());
    }

    /** {@return what was read, in words} */
    String summary() {
        return Counts.of(objects, "object") + " read, " + Sizes.format(sizeBytes);
    }
}

package dev.mtc.api;

/**
 * What was removed from a repository.
 *
 * @param objects how many objects
 * @param sizeBytes what they took
 * @since 0.1
 */
public record RepositoryGarbage(long objects, long sizeBytes) {

    /** {@return this and another one together} */
    RepositoryGarbage and(RepositoryGarbage other) {
        return new RepositoryGarbage(objects + other.objects, sizeBytes + other.sizeBytes);
    }

    @Override
    public String toString() {
        return Counts.of(objects, "object") + " removed, " + Sizes.format(sizeBytes);
    }
}

package dev.mtc.api;

/**
 * What was removed from a repository.
 *
 * @param objects how many objects
 * @param sizeBytes what they took
 * @param uploads how many unfinished uploads, whose sizes servers do not tell
 * @since 0.1
 */
public record RepositoryGarbage(long objects, long sizeBytes, long uploads) {

    /**
     * Counts objects.
     *
     * @param objects how many
     * @param sizeBytes what they took
     */
    public RepositoryGarbage(long objects, long sizeBytes) {
        this(objects, sizeBytes, 0);
    }

    /** {@return this and another one together} */
    RepositoryGarbage and(RepositoryGarbage other) {
        return new RepositoryGarbage(objects + other.objects, sizeBytes + other.sizeBytes, uploads + other.uploads);
    }

    @Override
    public String toString() {
        return Counts.of(objects, "object") + " removed, " + Sizes.format(sizeBytes)
                + (uploads == 0 ? "" : "; " + Counts.of(uploads, "unfinished upload") + " aborted");
    }
}

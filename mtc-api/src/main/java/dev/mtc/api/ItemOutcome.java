package dev.mtc.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one object, image or volume.
 *
 * @param kind {@code object}, {@code image}, {@code volume} or {@code hook}
 * @param name its name: {@code deployments.apps shop/web}, an image reference, {@code namespace/claim},
 *     {@code PreBackup}
 * @param action what was done
 * @param movedBytes bytes that crossed the network for it
 * @param totalBytes its size
 * @param detail why, or what is worth knowing; empty if nothing
 * @param proof what shows that both sides are equal, or null
 * @param contentDigest tells the content that an object was applied with from any other, as {@link
 *     Preview.Action#contentDigest()} does; empty if the run was made without a preview
 * @since 0.1
 */
public record ItemOutcome(
        String kind,
        String name,
        Action action,
        long movedBytes,
        long totalBytes,
        String detail,
        @Nullable String proof,
        String contentDigest) {

    public ItemOutcome {
        Objects.requireNonNull(contentDigest, "contentDigest");
    }

    /**
     * An outcome of unknown content.
     *
     * @param kind {@code object}, {@code image}, {@code volume} or {@code hook}
     * @param name its name
     * @param action what was done
     * @param movedBytes bytes that crossed the network for it
     * @param totalBytes its size
     * @param detail why, or what is worth knowing; empty if nothing
     * @param proof what shows that both sides are equal, or null
     */
    public ItemOutcome(
            String kind,
            String name,
            Action action,
            long movedBytes,
            long totalBytes,
            String detail,
            @Nullable String proof) {
        this(kind, name, action, movedBytes, totalBytes, detail, proof, "");
    }

    /**
     * {@return a copy that tells its content from any other}
     *
     * @param digest of what was applied, empty if not known
     */
    public ItemOutcome contentDigest(String digest) {
        return new ItemOutcome(kind, name, action, movedBytes, totalBytes, detail, proof, digest);
    }

    /** What was done. */
    public enum Action {
        /** It was made on the target. */
        CREATED,
        /** It was on the target and was changed. */
        UPDATED,
        /** It was on the target and equal. */
        UNCHANGED,
        /** Its data was copied. */
        COPIED,
        /** The volume itself was taken over by the target, without copying. */
        MOVED,
        /** It was not carried over, for the reason in the detail. */
        SKIPPED,
        /** It ran to a good end. */
        RAN,
        /** It was deleted from the target by a rollback. */
        DELETED,
        /** It could not be carried over, or did not run to a good end. */
        FAILED
    }

    @Override
    public String toString() {
        return action + " " + kind + " " + name
                + (totalBytes > 0 ? " (" + Sizes.format(movedBytes) + " of " + Sizes.format(totalBytes) + ")" : "")
                + (detail.isEmpty() ? "" : ": " + detail)
                + (proof == null ? "" : " [" + proof + "]");
    }
}

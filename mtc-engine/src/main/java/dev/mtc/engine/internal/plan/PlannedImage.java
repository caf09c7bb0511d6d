package dev.mtc.engine.internal.plan;

/**
 * An image that is to be copied.
 *
 * @param source where it is now, with its host, as it is reached from outside of the cluster
 * @param target where it is to go, as it is reached from outside of the cluster
 */
public record PlannedImage(String source, String target) {

    /** {@return whether another one brings the same image to the same repository, under a tag} */
    boolean isBroughtBy(PlannedImage other) {
        int at = target.indexOf('@');
        return at > 0
                && source.equals(other.source)
                && !other.target.contains("@")
                && other.target.startsWith(target.substring(0, at) + ":");
    }
}

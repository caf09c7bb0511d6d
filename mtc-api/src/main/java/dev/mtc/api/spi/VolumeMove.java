package dev.mtc.api.spi;

import dev.mtc.api.Route;
import dev.mtc.api.VolumeChoice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a volume. Both claims exist; the target's may still wait for its first consumer. If it goes through the plan's
 * repository this is one transfer of two halves: into the repository and, as soon as that is done, out of it.
 *
 * @param key unique within the run
 * @param source the claim with the data
 * @param target the claim that becomes equal to it
 * @param choice what the plan says about the volume
 * @param pass how strict the pass is
 * @param storedFor what the plan is called in the repository that the volume goes through, null if it goes straight from
 *     cluster to cluster
 * @param storedAs the claim by whose name the volume is in that repository, null if by the source's; on the way back it is the
 *     target's, so that what went forth need not be stored again
 * @since 0.1
 */
public record VolumeMove(
        String key,
        ClaimRef source,
        ClaimRef target,
        VolumeChoice.Copy choice,
        Pass pass,
        @Nullable String storedFor,
        @Nullable ClaimRef storedAs)
        implements MoveRequest {

    /** How strict a pass is. */
    public enum Pass {
        /** The application may be writing: vanished and changing files are recorded, not fatal. */
        HOT,
        /** Nothing writes any more: the pass must end with both sides equal. */
        COLD
    }

    public VolumeMove {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(pass, "pass");
    }

    /**
     * Makes one that goes straight from cluster to cluster.
     *
     * @param key unique within the run
     * @param source the claim with the data
     * @param target the claim that becomes equal to it
     * @param choice what the plan says about the volume
     * @param pass how strict the pass is
     */
    public VolumeMove(String key, ClaimRef source, ClaimRef target, VolumeChoice.Copy choice, Pass pass) {
        this(key, source, target, choice, pass, null);
    }

    /**
     * Makes one that is in the repository by the name of its source.
     *
     * @param key unique within the run
     * @param source the claim with the data
     * @param target the claim that becomes equal to it
     * @param choice what the plan says about the volume
     * @param pass how strict the pass is
     * @param storedFor what the plan is called in the repository, null if it goes straight from cluster to cluster
     */
    public VolumeMove(
            String key,
            ClaimRef source,
            ClaimRef target,
            VolumeChoice.Copy choice,
            Pass pass,
            @Nullable String storedFor) {
        this(key, source, target, choice, pass, storedFor, null);
    }

    /** {@return the way that the data takes} */
    public Route route() {
        return storedFor == null ? Route.DIRECT : Route.INDIRECT;
    }

    @Override
    public String toString() {
        return source.equals(target) ? source.toString() : source + " -> " + target;
    }
}

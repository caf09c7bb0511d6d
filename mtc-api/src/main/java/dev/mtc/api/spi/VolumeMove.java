package dev.mtc.api.spi;

import dev.mtc.api.VolumeChoice;
import java.util.Objects;

/**
 * One pass over a volume. Both claims exist; the target's may still wait for its first consumer.
 *
 * @param key unique within the run
 * @param source the claim with the data
 * @param target the claim that becomes equal to it
 * @param choice what the plan says about the volume
 * @param pass how strict the pass is
 */
public record VolumeMove(String key, ClaimRef source, ClaimRef target, VolumeChoice.Copy choice, Pass pass)
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

    @Override
    public String toString() {
        return source.equals(target) ? source.toString() : source + " -> " + target;
    }
}

package dev.mtc.transfer.internal.pods;

import dev.mtc.api.Side;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.VolumeMove;
import java.util.List;

/** One of the kinds of pods that a transfer has. */
public interface PodRole {

    /** {@return the side on which its pods run} */
    Side side();

    /** {@return the value of the role's label, what it is called in messages} */
    String word();

    /** {@return the part of names} */
    String shortName();

    /** {@return the Linux capabilities without which a faithful copy fails} */
    List<String> capabilities();

    /** {@return whether its pods only read their claim} */
    default boolean isReader() {
        return side() == Side.SOURCE;
    }

    /** {@return whether its pods tell by a file when they can be used} */
    boolean tellsReadiness();

    /** {@return what its pods run} */
    String script();

    /** {@return the claim that its pods mount} */
    default ClaimRef claim(VolumeMove move) {
        return side() == Side.SOURCE ? move.source() : move.target();
    }
}

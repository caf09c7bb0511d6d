package dev.mtc.api.spi;

import dev.mtc.api.Side;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.Optional;

/**
 * Moves the data of a claim.
 *
 * @since 0.1
 */
public interface VolumeMover extends Mover<VolumeMove> {

    /**
     * {@return what the containers of its pods ask for, empty if it makes no pods} Before a run the clusters are asked whether the plan's
     * namespaces admit such pods.
     *
     * @param side on which cluster
     */
    default Optional<SecurityContext> podSecurity(Side side) {
        return Optional.empty();
    }
}

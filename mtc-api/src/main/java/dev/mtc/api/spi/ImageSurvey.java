package dev.mtc.api.spi;

import java.util.Optional;

/**
 * How large images are, asked one after the other or at the same time, with connections and logins shared. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ImageSurvey {

    /**
     * {@return how large an image is, empty if that cannot be told at little cost} Copies nothing.
     *
     * @param request what would be moved
     * @throws dev.mtc.api.MtcException if a registry does not answer or refuses
     */
    Optional<ImageEstimate> estimate(ImageMove request);
}

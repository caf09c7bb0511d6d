package dev.mtc.api.spi;

import java.util.Optional;

/**
 * Moves a container image.
 *
 * @since 0.1
 */
public interface ImageMover extends Mover<ImageMove> {

    /**
     * {@return how large an image is, for previews; empty if this mover cannot tell at little cost} Copies nothing.
     *
     * @param request what would be moved
     * @param context what the mover may use
     * @throws dev.mtc.api.MtcException if a registry does not answer or refuses
     */
    default Optional<ImageEstimate> estimate(ImageMove request, MoverContext context) {
        return Optional.empty();
    }

    /**
     * {@return a look at the sizes of several images} Overridden where they share connections and logins.
     *
     * @param context what the mover may use
     */
    default ImageSurvey survey(MoverContext context) {
        return request -> estimate(request, context);
    }
}

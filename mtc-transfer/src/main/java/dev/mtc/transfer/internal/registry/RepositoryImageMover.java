package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.RepositoryImage;

/** Copies images from a registry to the plan's repository, or from there to a registry. */
public final class RepositoryImageMover extends StreamingMover {

    /** Makes one; for {@link java.util.ServiceLoader}. */
    public RepositoryImageMover() {
        this(Limits.DEFAULT);
    }

    RepositoryImageMover(Limits limits) {
        super("repository", limits);
    }

    @Override
    public boolean supports(ImageMove request) {
        return (isStored(request.source()) && ImageReference.isReference(request.target()))
                || (ImageReference.isReference(request.source()) && isStored(request.target()));
    }

    private static boolean isStored(String text) {
        return RepositoryImage.parse(text)
                .map(RepositoryImage::reference)
                .filter(ImageReference::isReference)
                .isPresent();
    }
}

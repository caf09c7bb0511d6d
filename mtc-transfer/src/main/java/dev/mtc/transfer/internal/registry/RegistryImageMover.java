package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.ImageMove;

/** Copies images straight from registry to registry. */
public final class RegistryImageMover extends StreamingMover {

    /** Makes one; for {@link java.util.ServiceLoader}. */
    public RegistryImageMover() {
        this(Limits.DEFAULT);
    }

    RegistryImageMover(Limits limits) {
        super("registry", limits);
    }

    @Override
    public boolean supports(ImageMove request) {
        return ImageReference.isReference(request.source()) && ImageReference.isReference(request.target());
    }
}

package dev.mtc.engine.internal;

import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;

/** Moves nothing and says what its script says. */
record ScriptedImageMover(Script script) implements ImageMover {

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public boolean supports(ImageMove request) {
        return true;
    }

    @Override
    public TransferRef start(ImageMove request, MoverContext context) {
        return script.start(request, context);
    }

    @Override
    public TransferStatus poll(TransferRef ref, ImageMove request, MoverContext context) {
        return script.poll(request, context);
    }

    @Override
    public void cancel(TransferRef ref, ImageMove request, MoverContext context) {
        script.cancel(request);
    }

    @Override
    public boolean cleanUp(TransferRef ref, ImageMove request, MoverContext context) {
        return script.cleanUp(request);
    }
}

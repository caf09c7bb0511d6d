package dev.mtc.engine.internal;

import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMover;

/** Moves nothing and says what its script says. */
record ScriptedVolumeMover(Script script) implements VolumeMover {

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public boolean supports(VolumeMove request) {
        return true;
    }

    @Override
    public TransferRef start(VolumeMove request, MoverContext context) {
        return script.start(request, context);
    }

    @Override
    public TransferStatus poll(TransferRef ref, VolumeMove request, MoverContext context) {
        return script.poll(request, context);
    }

    @Override
    public void cancel(TransferRef ref, VolumeMove request, MoverContext context) {
        script.cancel(request);
    }

    @Override
    public boolean cleanUp(TransferRef ref, VolumeMove request, MoverContext context) {
        return script.cleanUp(request);
    }
}

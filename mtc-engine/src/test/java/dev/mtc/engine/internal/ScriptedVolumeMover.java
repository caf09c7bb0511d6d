package dev.mtc.engine.internal;

import dev.mtc.api.Side;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMover;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.Optional;

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

    /** As root, as real movers do. */
    @Override
    public Optional<SecurityContext> podSecurity(Side side) {
        return Optional.of(new SecurityContextBuilder()
                .withRunAsUser(0L)
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build());
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

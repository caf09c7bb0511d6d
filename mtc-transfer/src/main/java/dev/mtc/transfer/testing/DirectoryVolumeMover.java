package dev.mtc.transfer.testing;

import dev.mtc.api.CopyMethod;
import dev.mtc.api.Route;
import dev.mtc.api.Side;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMover;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Copies from directory to directory. A transfer is known as long as its volumes are. */
record DirectoryVolumeMover(DirectoryVolumes volumes, Map<String, DirectoryCopy> copies, Executor threads)
        implements VolumeMover {

    private static final Duration POLL = Duration.ofMillis(50);

    @Override
    public String id() {
        return "directory";
    }

    @Override
    public boolean supports(VolumeMove request) {
        return request.choice().method() == CopyMethod.FILESYSTEM && request.route() == Route.DIRECT;
    }

    @Override
    public TransferRef start(VolumeMove request, MoverContext context) {
        String token = context.runId() + " " + request.key();
        copies.compute(token, (key, known) -> {
            if (known != null && !known.isOver()) {
                return known;
            }
            DirectoryCopy copy = new DirectoryCopy(
                    request,
                    volumes.of(context.client(Side.SOURCE), request.source()),
                    volumes.of(context.client(Side.TARGET), request.target()),
                    volumes);
            threads.execute(known == null ? copy : () -> copy.runAfter(known));
            return copy;
        });
        return new TransferRef(id(), token);
    }

    @Override
    public TransferStatus poll(TransferRef ref, VolumeMove request, MoverContext context) {
        DirectoryCopy copy = copies.get(ref.token());
        return copy == null ? new TransferStatus.Lost() : copy.status();
    }

    @Override
    public void cancel(TransferRef ref, VolumeMove request, MoverContext context) {
        DirectoryCopy copy = copies.get(ref.token());
        if (copy != null) {
            copy.stop();
        }
    }

    @Override
    public boolean cleanUp(TransferRef ref, VolumeMove request, MoverContext context) {
        cancel(ref, request, context);
        return copies.computeIfPresent(ref.token(), (key, copy) -> copy.hasEnded() ? null : copy) == null;
    }

    @Override
    public Duration pollInterval() {
        return POLL;
    }

    @Override
    public String toString() {
        return "DirectoryVolumeMover[" + Objects.toString(volumes) + "]";
    }
}

package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.contract.Polling;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Running;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.stream.Stream;

/** One transfer on real clusters; each look is that of another mover, as of a process that took over. */
record RealCopy(RealBed bed, TransferRef ref, VolumeMove move, MoverContext context) {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    static RealCopy start(RealBed bed, VolumeMove move, MoverContext context) {
        return new RealCopy(bed, new RsyncVolumeMover().start(move, context), move, context);
    }

    TransferStatus look() {
        return new RsyncVolumeMover().poll(ref, move, context);
    }

    void untilMoving() {
        TransferStatus seen = Polling.until(this::look, status -> isOver(status) || status instanceof Running, LIMIT);
        assertThat(seen).isInstanceOf(Running.class);
    }

    TransferStatus end() {
        return Polling.until(this::look, RealCopy::isOver, LIMIT);
    }

    /** {@return how it failed, as it must} */
    Failed failure() {
        TransferStatus end = end();
        assertThat(end).as(end.toString()).isInstanceOf(Failed.class);
        return (Failed) end;
    }

    static boolean isOver(TransferStatus status) {
        return status instanceof Succeeded || status instanceof Failed;
    }

    void cleanUp() {
        Polling.until(() -> new RsyncVolumeMover().cleanUp(ref, move, context), gone -> gone, LIMIT);
    }

    /** {@return its pods of a role that are not about to go} */
    Stream<Pod> pods(Role role) {
        String namespace = (role == Role.SENDER ? move.source() : move.target()).namespace();
        return bed
                .client(role.side())
                .pods()
                .inNamespace(namespace)
                .withLabels(new TransferId(ref.token()).labels(role))
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null);
    }
}

package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.Side;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.contract.VolumeMoverContract;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Running;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.api.spi.VolumeMover;
import dev.mtc.transfer.internal.pods.AwkwardTree;
import dev.mtc.transfer.internal.pods.OwnTestsUnlessExhaustive;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Through the API servers of two real clusters; run with the profile {@code real}. */
@ExtendWith(OwnTestsUnlessExhaustive.class)
class TunnelRealIT extends VolumeMoverContract {

    private static final Map<Side, String> NAMESPACES =
            Map.of(Side.SOURCE, "volume-endpoints-a", Side.TARGET, "volume-endpoints-b");

    private static RealBed bed;

    /** A tunnel lives in a mover. */
    private final VolumeMover mover = new RsyncVolumeMover();

    @BeforeAll
    static void open() {
        bed = new RealBed(NAMESPACES).choosing(EndpointChoice.TUNNEL);
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    @Override
    protected VolumeMover mover() {
        return mover;
    }

    @Override
    protected MoverContext context() {
        return bed.context();
    }

    @Override
    protected Volumes volumes() {
        return bed.pair();
    }

    @Test
    void pass_awkwardTree_arrivesEqualAndNothingIsExposed() {
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource(AwkwardTree.script());
        MoverContext context = context();
        VolumeMove move = pair.move("cold", Pass.COLD);
        TransferRef ref = mover.start(move, context);

        assertThat(bed.client(Side.TARGET)
                        .services()
                        .inNamespace("volume-endpoints-b")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(end(ref, move, context)).isInstanceOf(Succeeded.class);
        cleanUp(ref, move, context);

        assertThat(AwkwardTree.difference(pair)).isEmpty();
    }

    @Test
    void pass_streamsCutMeanwhile_goesOnWithAnotherAttempt() {
        RealBed.assumePicked(0, 2);
        RealBed.Pair pair = bed.pair();
        pair.onSource("head -c 400M /dev/urandom >large");
        MoverContext context = context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover.start(move, context);
        untilBytesMoved(mover, ref, move, context);

        bed.run(
                Side.TARGET,
                new TransferId(ref.token()).podName(Role.RECEIVER, 1),
                "for p in /proc/[0-9]*; do if [[ $(tr '\\0' ' ' <$p/cmdline) == *join.s[h]* ]]; then kill -KILL ${p#/proc/};"
                        + " fi; done 2>/dev/null; true");

        assertThat(end(ref, move, context)).isInstanceOf(Succeeded.class);
        assertThat(pair.onTarget("md5sum large; ls -A")).isEqualTo(pair.onSource("md5sum large; ls -A"));
        cleanUp(ref, move, context);
    }

    @Test
    void poll_newProcess_opensTheTunnelAgain() {
        RealBed.assumePicked(1, 2);
        RealBed.Pair pair = bed.pair();
        pair.onSource("head -c 400M /dev/urandom >large");
        MoverContext context = context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover.start(move, context);
        untilBytesMoved(mover, ref, move, context);

        VolumeMover other = new RsyncVolumeMover();
        TransferStatus end = Polling.until(
                () -> other.poll(ref, move, context),
                status -> status instanceof Succeeded || status instanceof Failed,
                limit());

        assertThat(end).isInstanceOf(Succeeded.class);
        assertThat(pair.onTarget("md5sum large")).isEqualTo(pair.onSource("md5sum large"));
        Polling.until(() -> other.cleanUp(ref, move, context), gone -> gone, limit());
        mover.cancel(ref, move, context);
    }

    private void untilBytesMoved(VolumeMover by, TransferRef ref, VolumeMove move, MoverContext context) {
        TransferStatus seen = Polling.until(
                () -> by.poll(ref, move, context),
                status -> status instanceof Succeeded
                        || status instanceof Failed
                        || (status instanceof Running running && running.transferredBytes() > 100_000_000),
                limit());
        assertThat(seen).isInstanceOf(Running.class);
        assertThat(((Running) seen).detail()).contains("via tunnel");
    }
}

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
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.api.spi.VolumeMover;
import dev.mtc.transfer.internal.pods.RealBed;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From one namespace of a real cluster to another, by the address inside the cluster; run with the profile {@code real}. */
class OneClusterRealIT extends VolumeMoverContract {

    private static RealBed bed;

    @BeforeAll
    static void open() {
        bed = RealBed.inOneCluster(Map.of(Side.SOURCE, "volume-endpoints-c", Side.TARGET, "volume-endpoints-d"))
                .choosing(EndpointChoice.CLUSTER_IP);
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    @Override
    protected VolumeMover mover() {
        return new RsyncVolumeMover();
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
    void pass_nothingChosen_goesByTheClusterIp() {
        RealBed.Pair pair = bed.pair();
        pair.onSource("head -c 600M /dev/urandom >large");
        MoverContext context = bed.choosing(EndpointChoice.AUTO).context();
        bed.choosing(EndpointChoice.CLUSTER_IP);
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover().start(move, context);

        TransferStatus seen = Polling.until(
                () -> mover().poll(ref, move, context),
                status -> status instanceof Failed || status instanceof Running,
                limit());

        String address = bed.client(Side.TARGET)
                .services()
                .inNamespace("volume-endpoints-d")
                .withLabel("mtc.dev/transfer", ref.token())
                .list()
                .getItems()
                .get(0)
                .getSpec()
                .getClusterIP();
        assertThat(seen.toString()).contains("via cluster-ip " + address + ":6443");
        mover().cancel(ref, move, context);
        cleanUp(ref, move, context);
    }
}

package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.Side;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.api.spi.VolumeMover;
import dev.mtc.transfer.internal.pods.AwkwardTree;
import dev.mtc.transfer.internal.pods.RealBed;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From one namespace of a real cluster to another, by the address inside the cluster; run with the profile {@code real}. */
class OneClusterRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static RealBed bed;

    @BeforeAll
    static void open() {
        bed = RealBed.inOneCluster(Map.of(Side.SOURCE, "volume-endpoints-c", Side.TARGET, "volume-endpoints-d"))
                .choosing(EndpointChoice.AUTO);
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void pass_nothingChosen_goesByTheClusterIpAndArrivesEqual() {
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource("mkdir d; echo one >d/one; ln -s d link");
        VolumeMover mover = new RsyncVolumeMover();
        MoverContext context = bed.context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover.start(move, context);

        Set<String> seen = new LinkedHashSet<>();
        TransferStatus end = Polling.until(
                () -> mover.poll(ref, move, context),
                status -> {
                    seen.add(status.toString());
                    return status instanceof Failed || status instanceof Succeeded;
                },
                LIMIT);

        String address = bed.client(Side.TARGET)
                .services()
                .inNamespace("volume-endpoints-d")
                .withLabel("mtc.dev/transfer", ref.token())
                .list()
                .getItems()
                .get(0)
                .getSpec()
                .getClusterIP();
        assertThat(end).isInstanceOf(Succeeded.class);
        assertThat(seen).anyMatch(status -> status.contains("via cluster-ip " + address + ":6443"));
        assertThat(AwkwardTree.difference(pair)).isEmpty();
        Polling.until(() -> mover.cleanUp(ref, move, context), gone -> gone, LIMIT);
    }
}

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
import dev.mtc.transfer.internal.pods.RealBed;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Between two real clusters of the test bed that do not reach each other; run with the profile {@code real}. */
class IsolatedRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static RealBed bed;

    @BeforeAll
    static void open() {
        bed = new RealBed(Map.of(Side.SOURCE, "volume-endpoints-i", Side.TARGET, "volume-endpoints-j"));
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    private static void testbed(String verb) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("../mtc-examples/testbed/testbed", verb)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as("testbed " + verb).isZero();
    }

    @Test
    void pass_nothingChosen_takesTheTunnelAndSaysWhy() throws Exception {
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource("head -c 100M /dev/urandom >large; for i in 1 2 3; do echo $i >f$i; done");
        RsyncVolumeMover mover = new RsyncVolumeMover();
        MoverContext context = bed.choosing(EndpointChoice.AUTO).context();
        VolumeMove move = pair.move("k", Pass.COLD);
        Set<String> seen = new LinkedHashSet<>();

        TransferStatus end;
        TransferRef ref;
        testbed("isolate");
        try {
            ref = mover.start(move, context);
            end = Polling.until(
                    () -> mover.poll(ref, move, context),
                    status -> {
                        seen.add(status.toString());
                        return status instanceof Succeeded || status instanceof Failed;
                    },
                    LIMIT);
        } finally {
            testbed("connect");
        }

        assertThat(end).isInstanceOf(Succeeded.class);
        assertThat(((Succeeded) end).proof()).contains("entries equal");
        assertThat(seen).anyMatch(status -> status.contains("via tunnel, because of node-port 10."));
        Polling.until(() -> mover.cleanUp(ref, move, context), gone -> gone, LIMIT);
    }
}

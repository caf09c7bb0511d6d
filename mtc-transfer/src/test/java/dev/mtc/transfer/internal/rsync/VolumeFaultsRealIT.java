package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.transfer.internal.pods.PodState;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How copies on a real cluster fail that cannot succeed; run with the profile {@code real}. */
class VolumeFaultsRealIT {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeFaultsRealIT.class);
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Well under the time that one more try would take. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final Map<Side, String> NAMESPACES =
            Map.of(Side.SOURCE, "volume-faults-a", Side.TARGET, "volume-faults-b");

    private static RealBed bed;

    @BeforeAll
    static void open() {
        bed = RealBed.inOneCluster(NAMESPACES);
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    /** Each look is that of another mover, as of a process that took over. */
    private static TransferStatus end(TransferRef ref, VolumeMove move, MoverContext context) {
        return Polling.until(
                () -> new RsyncVolumeMover().poll(ref, move, context),
                status -> status instanceof Succeeded || status instanceof Failed,
                LIMIT);
    }

    private static void cleanUp(TransferRef ref, VolumeMove move, MoverContext context) {
        Polling.until(() -> new RsyncVolumeMover().cleanUp(ref, move, context), gone -> gone, LIMIT);
    }

    @Test
    void fullTarget_isToldWithThePathAndNotTriedAgain() {
        RealBed.Pair pair = bed.new Pair("tiny", "4Mi");
        pair.onSource("mkdir d; head -c 200M /dev/urandom >d/large");
        MoverContext context = bed.context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = new RsyncVolumeMover().start(move, context);

        TransferStatus end = end(ref, move, context);

        assertThat(end).isInstanceOf(Failed.class);
        assertThat(((Failed) end).reason()).isEqualTo("NoSpaceLeft");
        assertThat(((Failed) end).message()).contains("d/large", "No space left on device");
        List<Pod> senders = bed.client(Side.SOURCE)
                .pods()
                .inNamespace(NAMESPACES.get(Side.SOURCE))
                .withLabel(TransferId.TRANSFER_LABEL, ref.token())
                .list()
                .getItems();
        assertThat(senders).hasSize(1);
        Instant met = firstWord(senders.get(0), "No space left");
        Instant told = PodState.finished(senders.get(0)).orElseThrow();
        LOG.info("rsync met the full volume at {}, its pod ended at {}", met, told);
        assertThat(told).isBefore(met.plus(SOON));
        cleanUp(ref, move, context);
    }

    /** {@return when a pod logged a line with some words first} */
    private static Instant firstWord(Pod pod, String words) {
        String log =
                bed.client(Side.SOURCE).pods().resource(pod).usingTimestamps().getLog();
        return log.lines()
                .filter(line -> line.contains(words))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void receiver_thatCannotBeScheduled_failsAfterTheLimitWithTheReason() {
        RealBed.Pair pair = bed.pair();
        ClaimRef unbound = new ClaimRef(NAMESPACES.get(Side.TARGET), "unbound");
        bed.client(Side.TARGET)
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(unbound.name())
                        .withNamespace(unbound.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName("nobody-makes-these")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        MoverContext context = bed.context(bed.image(), Duration.ofSeconds(5));
        VolumeMove move = pair.move("k", Pass.COLD);
        VolumeMove astray = new VolumeMove("k", move.source(), unbound, move.choice(), Pass.COLD);
        TransferRef ref = new RsyncVolumeMover().start(astray, context);

        TransferStatus end = end(ref, astray, context);

        assertThat(end).isInstanceOf(Failed.class);
        assertThat(((Failed) end).reason()).isEqualTo("PodPending");
        assertThat(((Failed) end).message()).contains("unbound", "nobody-makes-these", "Unschedulable");
        cleanUp(ref, astray, context);
    }
}

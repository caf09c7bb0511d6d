package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.transfer.internal.pods.PodState;
import dev.mtc.transfer.internal.pods.RealBed;
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

    @Test
    void fullTarget_isToldWithThePathAndNotTriedAgain() {
        RealBed.Pair pair = bed.new Pair("tiny", "4Mi");
        pair.onSource("mkdir d; head -c 200M /dev/urandom >d/large");
        RealCopy copy = RealCopy.start(bed, pair.move("k", Pass.COLD), bed.context());

        Failed failed = copy.failure();

        assertThat(failed.reason()).isEqualTo("NoSpaceLeft");
        assertThat(failed.message()).contains("d/large", "No space left on device");
        List<Pod> senders = copy.pods(Role.SENDER).toList();
        assertThat(senders).hasSize(1);
        Instant met = firstWord(senders.get(0), "No space left");
        Instant told = PodState.finished(senders.get(0)).orElseThrow();
        LOG.info("rsync met the full volume at {}, its pod ended at {}", met, told);
        assertThat(told).isBefore(met.plus(SOON));
        copy.cleanUp();
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
        VolumeMove move = pair.move("k", Pass.COLD);
        VolumeMove astray = new VolumeMove("k", move.source(), unbound, move.choice(), Pass.COLD);
        RealCopy copy = RealCopy.start(bed, astray, bed.context(bed.image(), Duration.ofSeconds(5)));

        Failed failed = copy.failure();

        assertThat(failed.reason()).isEqualTo("PodPending");
        assertThat(failed.message()).contains("unbound", "nobody-makes-these", "Unschedulable");
        copy.cleanUp();
    }
}

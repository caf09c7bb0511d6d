package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.Side;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Running;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is taken away from a copy under way on a real cluster: afterwards both sides are equal, by its own verification and by another
 * rsync; run with the profile {@code real}.
 */
class VolumeKillsRealIT {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeKillsRealIT.class);
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final int KILLS = 1;
    private static final int ALL_KILLS = 20;

    /** So that a copy takes some seconds, in which chance picks a moment. */
    private static final long BYTES_PER_SECOND = 40_000_000;

    private static final String TREE =
            "head -c 150M /dev/urandom >large; mkdir -p d/e; for i in {1..400}; do echo $i >d/f$i; done; chown 7:8 d/f7;"
                    + " chmod 640 d/f8; ln d/f9 d/e/hard; ln -s ../f1 d/e/link; mkfifo d/pipe; setfattr -n user.a -v b d/f2;"
                    + " truncate -s 50M sparse; touch -d '2001-02-03 04:05:06.789' d/e";

    private static final Map<Side, String> NAMESPACES =
            Map.of(Side.SOURCE, "volume-kills-a", Side.TARGET, "volume-kills-b");

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

    private static RealCopy start(RealBed.Pair pair) {
        return RealCopy.start(bed, pair.move("k", Pass.COLD), bed.context(EndpointChoice.AUTO, () -> BYTES_PER_SECOND));
    }

    private static void assertEqual(RealBed.Pair pair, TransferStatus end) {
        assertThat(end).as(end.toString()).isInstanceOf(Succeeded.class);
        assertThat(((Succeeded) end).proof()).contains("entries equal", "contents by BLAKE2b");
        assertThat(pair.itemized()).isEmpty();
    }

    static Stream<Long> seeds() {
        return new Random()
                .longs(RealBed.isExhaustive() ? ALL_KILLS : KILLS, 0, Integer.MAX_VALUE)
                .boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pods_killedAtAMomentOfChance_areReplacedAndAllIsEqual(long seed) {
        Random random = new Random(seed);
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource(TREE);
        RealCopy copy = start(pair);
        copy.untilMoving();
        Instant moment = Instant.now().plusMillis(random.nextInt(5000));
        Polling.until(
                copy::look, status -> RealCopy.isOver(status) || !Instant.now().isBefore(moment), LIMIT);
        Role role = random.nextBoolean() ? Role.SENDER : Role.RECEIVER;

        LOG.info("seed {}: {} is killed during {}", seed, role, copy.look());
        copy.pods(role).forEach(pod -> bed.client(role.side())
                .pods()
                .resource(pod)
                .withGracePeriod(0)
                .delete());

        assertEqual(pair, copy.end());
        copy.cleanUp();
    }

    @Test
    void nodePort_closedMeanwhile_isOpenedAgainAndAllIsEqual() {
        RealBed.assumePicked(0, 2);
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource(TREE);
        RealCopy copy = RealCopy.start(
                bed, pair.move("k", Pass.COLD), bed.context(EndpointChoice.NODE_PORT, () -> BYTES_PER_SECOND));
        copy.untilMoving();
        var services = bed.client(Side.TARGET).services().inNamespace(NAMESPACES.get(Side.TARGET));
        String name = new TransferId(copy.ref().token()).name(Role.RECEIVER);
        String before = services.withName(name).get().getMetadata().getUid();

        services.withName(name).delete();
        // what goes on over a port that is closed goes on until its connection breaks
        String sender =
                copy.pods(Role.SENDER).findFirst().orElseThrow().getMetadata().getName();
        bed.run(
                Side.SOURCE,
                sender,
                "for p in /proc/[0-9]*; do if [[ $(<$p/comm) == stunnel* ]]; then kill -KILL ${p#/proc/}; fi; done 2>/dev/null;"
                        + " true");

        assertEqual(pair, copy.end());
        assertThat(services.withName(name).get().getMetadata().getUid()).isNotEqualTo(before);
        copy.cleanUp();
        assertThat(services.withName(name).get()).isNull();
    }

    @Test
    void target_thatCanOnlyBeRead_isToldAtOnceWithThePath() {
        RealBed.Pair pair = bed.pair();
        pair.onSource("mkdir d; echo something >d/file");
        var client = bed.client(Side.TARGET);
        String volume = client.persistentVolumeClaims()
                .inNamespace(NAMESPACES.get(Side.TARGET))
                .withName(pair.name())
                .get()
                .getSpec()
                .getVolumeName();
        client.persistentVolumes().withName(volume).edit(found -> new PersistentVolumeBuilder(found)
                .editSpec()
                .withMountOptions("ro")
                .endSpec()
                .build());
        RealCopy copy = start(pair);

        Failed failed = copy.failure();

        assertThat(failed.reason()).as(failed.message()).isEqualTo("ReadOnlyTarget");
        assertThat(failed.message()).contains("volume-kills-b/" + pair.name(), "\"/d\"", "Read-only file system");
        assertThat(copy.pods(Role.SENDER)).hasSize(1);
        copy.cleanUp();
        assertThat(pair.onTarget("ls -A")).isEmpty();
    }

    @Test
    void limit_isKeptAndFollowsWhatItBecomes() {
        RealBed.assumePicked(1, 2);
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource("head -c 150M /dev/urandom >large");
        AtomicLong limit = new AtomicLong(500_000);
        Instant begun = Instant.now();
        RealCopy copy = RealCopy.start(bed, pair.move("k", Pass.COLD), bed.context(EndpointChoice.AUTO, limit::get));
        copy.untilMoving();
        Instant later = Instant.now().plusSeconds(4);
        TransferStatus slow = Polling.until(copy::look, status -> Instant.now().isAfter(later), LIMIT);
        long moved = ((Running) slow).transferredBytes();
        Duration slowly = Duration.between(begun, Instant.now());

        // at the first limit all of it would take longer than is waited
        limit.set(400_000_000);
        RsyncVolumeMover mover = new RsyncVolumeMover();
        TransferStatus end =
                Polling.until(() -> mover.poll(copy.ref(), copy.move(), copy.context()), RealCopy::isOver, LIMIT);

        assertEqual(pair, end);
        LOG.info("{} bytes in {} at the first limit, all in {}", moved, slowly, Duration.between(begun, Instant.now()));
        assertThat(moved).as("with what is in buffers").isLessThan(1_000_000 + slowly.toMillis() * 500);
        copy.cleanUp();
    }
}

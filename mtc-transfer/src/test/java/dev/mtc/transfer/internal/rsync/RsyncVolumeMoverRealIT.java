package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import dev.mtc.api.Verification;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.contract.VolumeMoverContract;
import dev.mtc.api.spi.ClaimRef;
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
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On two real clusters; run with the profile {@code real}. */
class RsyncVolumeMoverRealIT extends VolumeMoverContract {

    private static RealBed bed;

    @BeforeAll
    static void open() {
        bed = new RealBed();
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
    protected Duration limit() {
        return Duration.ofMinutes(4);
    }

    @Override
    protected Volumes volumes() {
        return bed.pair();
    }

    @Test
    @EnabledIfSystemProperty(named = "mtc.exhaustive", matches = "true")
    void pass_awkwardTree_arrivesEqualAndIsVerified() {
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource(AwkwardTree.script());

        Succeeded result = complete(pair.move("cold", Pass.COLD), context());

        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(result.proof()).contains("entries equal", "xattrs, ACLs", "contents by BLAKE2b");
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void secondPass_changedDeletedAndTouched_movesOnlyThat() {
        RealBed.Pair pair = bed.pair();
        pair.onSource(
                "mkdir d; head -c 5M /dev/urandom >d/large; echo a >d/gone; echo a >changed; ln -s d link; mknod null c 1 3");
        complete(pair.move("1", Pass.HOT), context());
        pair.onSource("rm d/gone link; echo bb >changed; chmod 600 d/large; touch -d 2001-02-03 d; chmod 750 .");

        Succeeded result = complete(pair.move("2", Pass.COLD), context());

        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(result.movedBytes()).isBetween(3L, 1000L);
    }

    @Test
    @EnabledIfSystemProperty(named = "mtc.exhaustive", matches = "true")
    void verifiedPass_contentChangedBehindItsBack_namesTheFile() {
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource("echo one >same; echo two >other");
        complete(pair.move("1", Pass.COLD), context());
        pair.onTarget("touch -r other /tmp/r; printf X | dd of=other conv=notrunc status=none; touch -r /tmp/r other");

        Failed failed = fail(pair.move("2", Pass.COLD), context());

        assertThat(failed.reason()).isEqualTo("VerifyFailed");
        assertThat(failed.message()).contains("1 differences", "other").doesNotContain("same");
    }

    @Test
    void pass_targetTooSmall_failsAtOnceAndNamesTheClaim() {
        RealBed.Pair pair = bed.new Pair("tiny", "4Mi");
        pair.onSource("head -c 9M /dev/urandom >large");

        Failed failed = fail(pair.move("k", Pass.COLD), context());

        assertThat(failed.reason()).isEqualTo("NoSpaceLeft");
        assertThat(failed.kind()).isEqualTo(Failed.Kind.USER_FIXABLE);
        assertThat(failed.message()).contains("it-rsync-b/" + pair.name(), "4Mi");
    }

    @Test
    void pass_imageThatDoesNotExist_failsAndNamesIt() {
        MoverContext context = bed.context("mtc-testbed.local/none:1", Duration.ofSeconds(60));

        Failed failed = fail(bed.pair().move("k", Pass.COLD), context);

        assertThat(failed.reason()).isEqualTo("ImagePull");
        assertThat(failed.message()).contains("mtc-testbed.local/none:1");
        assertThat(failed.fix()).contains("Cluster.moverImage");
    }

    @Test
    void pass_targetClaimMissing_failsAfterTheLimitAndNamesIt() {
        VolumeMove move = bed.pair().move("k", Pass.COLD);
        ClaimRef missing = new ClaimRef(move.target().namespace(), "missing");

        Failed failed = fail(
                new VolumeMove("k", move.source(), missing, move.choice(), Pass.COLD),
                bed.context(bed.image(), Duration.ofSeconds(3)));

        assertThat(failed.reason()).isEqualTo("PodPending");
        assertThat(failed.message()).contains("it-rsync-b/missing", "not found");
    }

    @Test
    void receiver_peerWithoutTheKey_isRefused() {
        RealBed.Pair pair = bed.pair();
        pair.onSource("echo something >file");
        MoverContext context = context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover().start(move, context);
        assertThat(end(ref, move, context)).isInstanceOf(Succeeded.class);
        Intruder intruder = new Intruder(bed, pair, new TransferId(ref.token()));

        assertThat(intruder.withKey(intruder.rightKey())).isEqualTo("accepted");
        assertThat(intruder.withKey("mtc:" + "0".repeat(64))).isEqualTo("refused");
        assertThat(intruder.withKey("other:" + intruder.rightKey().substring(4).strip()))
                .isEqualTo("refused");
        assertThat(intruder.withoutKey()).isEqualTo("refused");
        assertThat(intruder.inPlainText()).isEqualTo("refused");
        cleanUp(ref, move, context);
    }

    @Test
    void sender_somebodyElseAtTheAddress_getsNothing() {
        Impostor impostor = new Impostor(bed.pair());

        assertThat(impostor.withKey()).isEqualTo("accepted, 7 bytes");
        for (String versions : List.of("", "-tls1_2", "-tls1_3")) {
            assertThat(impostor.withCertificate(versions)).as(versions).isEqualTo("refused, 0 bytes");
        }
    }

    @Test
    void coldPass_fileChangedTwiceInASecondWithoutGrowing_arrives() {
        RealBed.Pair pair = bed.pair().verified(Verification.METADATA);
        pair.onSource("echo old >file; touch -d '2026-01-02 03:04:05.2' file; echo same >other");
        complete(pair.move("1", Pass.HOT), context());
        pair.onSource("echo new >file; touch -d '2026-01-02 03:04:05.8' file");

        Succeeded second = complete(pair.move("2", Pass.COLD), context());

        assertThat(pair.onTarget("cat file")).isEqualTo("new");
        assertThat(second.movedBytes()).isEqualTo(4);
        assertThat(complete(pair.move("3", Pass.COLD), context()).movedBytes()).isZero();
    }

    @Test
    void pass_imageWithoutTools_failsAtOnceAndNamesThem() {
        RealBed.Pair pair = bed.pair();
        for (Side side : Side.values()) {
            MoverContext context = bed.context(side, System.getenv("MTC_REGISTRY_A") + "/shop/postgres:1");

            Failed failed = fail(pair.move("k-" + side, Pass.COLD), context);

            assertThat(failed.reason()).as(failed.message()).isEqualTo("MoverImage");
            assertThat(failed.kind()).isEqualTo(Failed.Kind.USER_FIXABLE);
            assertThat(failed.message())
                    .contains("shop/postgres:1 lacks rsync, stunnel")
                    .doesNotContain("attempts");
            assertThat(failed.fix()).contains("stunnel 5", "Cluster.moverImage");
        }
    }

    @Test
    void sender_killedMeanwhile_isReplacedAndResumes() {
        RealBed.assumePicked(0, 2);
        RealBed.Pair pair = bed.pair();
        pair.onSource("head -c 700M /dev/urandom >large");
        MoverContext context = context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover().start(move, context);
        TransferStatus seen = Polling.until(
                () -> mover().poll(ref, move, context),
                status -> status instanceof Succeeded
                        || (status instanceof Running running && running.transferredBytes() > 200_000_000),
                limit());
        assertThat(seen).isInstanceOf(Running.class);

        signalReceiver(ref, "STOP");
        bed.client(Side.SOURCE)
                .pods()
                .inNamespace("it-rsync-a")
                .withLabel(TransferId.TRANSFER_LABEL, ref.token())
                .delete();
        Polling.until(
                () -> mover().poll(ref, move, context),
                status -> status.toString().contains("-2 connects to the receiver"),
                limit());
        // what was received so far is saved only after the next sender has come
        signalReceiver(ref, "CONT");

        TransferStatus end = end(ref, move, context);
        assertThat(end).isInstanceOf(Succeeded.class);
        assertThat(((Succeeded) end).movedBytes()).isLessThan(600_000_000);
        assertThat(pair.onTarget("md5sum large")).isEqualTo(pair.onSource("md5sum large"));
        assertThat(pair.onTarget("ls -A")).isEqualTo("large");
        cleanUp(ref, move, context);
        assertThat(leftovers(ref)).isEmpty();
    }

    @Test
    void receiver_killedMeanwhile_isReplacedToo() {
        RealBed.assumePicked(1, 2);
        RealBed.Pair pair = bed.pair();
        pair.onSource("head -c 500M /dev/urandom >large");
        MoverContext context = context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover().start(move, context);
        Polling.until(
                () -> mover().poll(ref, move, context),
                status -> status instanceof Running running && running.transferredBytes() > 100_000_000,
                limit());

        bed.client(Side.TARGET)
                .pods()
                .inNamespace("it-rsync-b")
                .withLabel(TransferId.TRANSFER_LABEL, ref.token())
                .delete();

        TransferStatus end = end(ref, move, context);
        assertThat(end).isInstanceOf(Succeeded.class);
        assertThat(pair.onTarget("md5sum large; ls -A")).isEqualTo(pair.onSource("md5sum large; ls -A"));
        cleanUp(ref, move, context);
    }

    /** A kubelet that is in the middle of starting a pod is the slowest part of a cancel. */
    @Test
    void cancel_whilePodsStart_leavesNothing() {
        RealBed.Pair pair = bed.pair();
        pair.onSource("head -c 300M /dev/urandom >large");
        int step = RealBed.isExhaustive() ? 300 : 1000;
        for (int millis = 0; millis < 3000; millis += step) {
            MoverContext context = context();
            VolumeMove move = pair.move("after-" + millis, Pass.COLD);
            TransferRef ref = mover().start(move, context);
            Instant moment = Instant.now().plusMillis(millis);
            Polling.until(
                    () -> mover().poll(ref, move, context),
                    status -> Instant.now().isAfter(moment),
                    limit());

            mover().cancel(ref, move, context);

            cleanUp(ref, move, context);
            assertThat(leftovers(ref)).isEmpty();
        }
    }

    private static void signalReceiver(TransferRef ref, String signal) {
        String receiver = new TransferId(ref.token()).podName(Role.RECEIVER, 1);
        String command =
                "for p in /proc/[0-9]*; do if [[ $(<$p/comm) == rsync ]]; then kill -%s ${p#/proc/}; fi; done 2>/dev/null";
        bed.run(Side.TARGET, receiver, command.formatted(signal));
    }

    private Failed fail(VolumeMove move, MoverContext context) {
        TransferRef ref = mover().start(move, context);
        TransferStatus end = end(ref, move, context);
        cleanUp(ref, move, context);
        assertThat(end).isInstanceOf(Failed.class);
        return (Failed) end;
    }

    private static List<HasMetadata> leftovers(TransferRef ref) {
        List<HasMetadata> found = new ArrayList<>();
        RealBed.NAMESPACE.forEach((side, namespace) -> {
            var client = bed.client(side);
            found.addAll(client.pods()
                    .inNamespace(namespace)
                    .withLabel(TransferId.TRANSFER_LABEL, ref.token())
                    .list()
                    .getItems());
            found.addAll(client.secrets()
                    .inNamespace(namespace)
                    .withLabel(TransferId.TRANSFER_LABEL, ref.token())
                    .list()
                    .getItems());
            found.addAll(client.services()
                    .inNamespace(namespace)
                    .withLabel(TransferId.TRANSFER_LABEL, ref.token())
                    .list()
                    .getItems());
        });
        return found;
    }
}

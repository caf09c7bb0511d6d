package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import dev.mtc.api.Verification;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.transfer.internal.pods.AwkwardTree;
import dev.mtc.transfer.internal.pods.PodState;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Copies are compared on two real clusters; run with the profile {@code real}. */
class VerificationRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static RealBed bed;

    private final RsyncVolumeMover mover = new RsyncVolumeMover();
    private final MoverContext context = bed.context();

    @BeforeAll
    static void open() {
        bed = new RealBed(Map.of(Side.SOURCE, "vvt-a", Side.TARGET, "vvt-b"));
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void pass_everyOddity_isEqual() {
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource(AwkwardTree.script());
        pair.onSource(
                "mkdir odd && cd odd && printf 1 >$'new\\nline' && printf 2 >$'not\\xffutf' && printf 3 >$'\\x01\\ttab'"
                        + " && printf 4 >-dash && printf 5 >'back\\slash' && ln $'new\\nline' $'z\\\\\\n' && truncate -s 40M sparse"
                        + " && setfattr -n user.odd -v 1 $'new\\nline' $'not\\xffutf' ./-dash 'back\\slash'"
                        + " && mkdir acl many && setfacl -m u:1000:r acl && setfacl -d -m g:7:rw acl"
                        + " && printf 6 >suid && chmod 4755 suid && mkfifo pipe && mknod null c 1 3 && ln -s $'to\\nnowhere' link"
                        + " && cd many && seq 20000 | xargs touch");

        Succeeded end = (Succeeded) end(pair.move("1", Pass.COLD));

        assertThat(end.proof()).contains("entries equal", "xattrs, ACLs", "contents by BLAKE2b");
        assertThat(end.warnings()).isEmpty();
    }

    /** Once the receiver listens no sender is there until the mover is polled: time to change what is run after the copy. */
    @Test
    void pass_plantedAfterTheCopy_isNamedOneByOne() {
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource(
                "head -c 3M /dev/zero >big; for i in 1 2 3 4 5 6; do echo $i >f$i; done; setfattr -n user.k -v v f3");
        VolumeMove move = pair.move("1", Pass.COLD);
        TransferRef ref = mover.start(move, context);
        String receiver = new TransferId(ref.token()).podName(Role.RECEIVER, 1);
        Polling.until(
                () -> bed.client(Side.TARGET)
                        .pods()
                        .inNamespace("vvt-b")
                        .withName(receiver)
                        .get(),
                pod -> pod != null && PodState.of(pod) == PodState.RUNNING,
                LIMIT);
        bed.run(
                Side.TARGET,
                receiver,
                "{ echo 'cd /volume; touch -r big /mtc/run/when; printf X | dd of=big bs=1 seek=1000000 conv=notrunc"
                        + " status=none; touch -r /mtc/run/when big; chmod 600 f1; setfattr -x user.k f3; rm f4;"
                        + " echo >extra; touch -d 2001-01-01 f5; touch -r big .; cd /'; cat /mtc/run/answer.sh; }"
                        + " >/mtc/run/planted && mv /mtc/run/planted /mtc/run/answer.sh");

        Failed failed = (Failed) end(ref, move);

        assertThat(failed.reason()).isEqualTo("VerifyFailed");
        assertThat(failed.message().lines().map(line -> line.replaceAll(" on the (source|target).*", "")))
                .anyMatch(line -> line.startsWith("big: content "))
                .contains("extra: only", "f1: mode 644", "f3: attribute user.k 0x76", "f4: only")
                .anyMatch(line -> line.startsWith("f5: time "))
                .noneMatch(line -> line.startsWith("f2:") || line.startsWith("f6:"));
    }

    @Test
    @EnabledIfSystemProperty(named = "mtc.exhaustive", matches = "true")
    void pass_levels_readAsMuchAsTheySay() {
        RealBed.Pair pair = bed.pair();
        pair.onSource("for i in $(seq 1200); do echo $i >f$i; done");
        end(pair.move("1", Pass.COLD));
        pair.onTarget("touch -r f7 /tmp/r; printf 8 | dd of=f7 conv=notrunc status=none; touch -r /tmp/r f7");

        Succeeded metadata =
                (Succeeded) end(pair.verified(Verification.METADATA).move("2", Pass.COLD));
        TransferStatus sampled = end(pair.verified(Verification.SAMPLED).move("3", Pass.COLD));
        TransferStatus full = end(pair.verified(Verification.FULL).move("4", Pass.COLD));

        assertThat(metadata.proof()).startsWith("1201 entries equal").doesNotContain("contents");
        assertThat(sampled.toString()).containsAnyOf("BLAKE2b of 120 files", "f7: content");
        assertThat(full.toString()).contains("f7: content");
    }

    private TransferStatus end(VolumeMove move) {
        return end(mover.start(move, context), move);
    }

    private TransferStatus end(TransferRef ref, VolumeMove move) {
        TransferStatus end = Polling.until(
                () -> mover.poll(ref, move, context),
                status -> status instanceof Succeeded || status instanceof Failed,
                LIMIT);
        remove(ref, move);
        return end;
    }

    private void remove(TransferRef ref, VolumeMove move) {
        Polling.until(() -> mover.cleanUp(ref, move, context), gone -> gone, Duration.ofSeconds(60));
    }
}

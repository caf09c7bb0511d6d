package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Running;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.transfer.internal.pods.AwkwardTree;
import dev.mtc.transfer.internal.pods.MoverPod;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many small files over several connections, on two real clusters; run with the profile {@code real}. */
class StreamsRealIT {

    private static final Map<Side, String> NAMESPACES =
            Map.of(Side.SOURCE, "it-streams-a", Side.TARGET, "it-streams-b");
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String MARK = "small files in 2 streams";

    private static RealBed bed;

    private final RsyncVolumeMover mover = new RsyncVolumeMover(OptionalInt.of(2));
    private final List<Long> moved = new ArrayList<>();

    @BeforeAll
    static void open() {
        bed = new RealBed(NAMESPACES);
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    private static String files(int directories) {
        return "for ((d = 0; d < " + directories + "; d++)); do mkdir -p \"small $d\"; (cd \"small $d\";"
                + " head -c 2048000 /dev/urandom | split -a 4 -b 2048 -; chmod 600 xaaab; chown 7:8 xaaac); done; ";
    }

    @Test
    void passes_emptyTarget_streamsOnceAndAllIsEqual() {
        RealBed.assumePicked(0, 2);
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource(AwkwardTree.script());
        pair.onSource(
                files(3) + "ln 'small 0/xaaaa' 'small 2/same'; echo odd >$'small 1/new\\nline\\xff'; touch '#hash'");

        Succeeded first = pass(pair.move("1", Pass.HOT), true);

        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(first.warnings()).isEmpty();
        assertThat(first.movedBytes()).isBetween(3 * 2_048_000L, first.totalBytes());
        assertThat(moved).isSorted();
        pair.onSource("echo changed >'small 1/xaaad'; rm 'small 2/xaaae'");

        Succeeded second = pass(pair.move("2", Pass.COLD), false);

        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(second.movedBytes()).isEqualTo(8);
    }

    @Test
    void senderKilledInTheMiddle_nextGoesOnAndAllIsEqual() {
        RealBed.assumePicked(1, 2);
        RealBed.Pair pair = bed.pair().verified();
        pair.onSource(files(12));
        MoverContext context = bed.context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover.start(move, context);
        Polling.until(
                () -> mover.poll(ref, move, context),
                status -> status instanceof Running running && running.transferredBytes() > 0,
                LIMIT);
        bed.client(Side.SOURCE)
                .pods()
                .inNamespace(NAMESPACES.get(Side.SOURCE))
                .withLabel(TransferId.TRANSFER_LABEL, ref.token())
                .delete();

        Succeeded end = end(ref, move, context);

        assertThat(end.proof()).contains("entries equal");
        assertThat(log(ref)).doesNotContain(MARK);
        remove(ref, move, context);
    }

    private Succeeded pass(VolumeMove move, boolean inStreams) {
        MoverContext context = bed.context();
        TransferRef ref = mover.start(move, context);
        Succeeded end = end(ref, move, context);
        assertThat(log(ref).contains(MARK)).isEqualTo(inStreams);
        remove(ref, move, context);
        return end;
    }

    private Succeeded end(TransferRef ref, VolumeMove move, MoverContext context) {
        TransferStatus end = Polling.until(
                () -> mover.poll(ref, move, context),
                status -> {
                    if (status instanceof Running running) {
                        moved.add(running.transferredBytes());
                    }
                    return status instanceof Succeeded || status instanceof Failed;
                },
                LIMIT);
        assertThat(end).isInstanceOf(Succeeded.class);
        return (Succeeded) end;
    }

    /** What the sender printed that is not about to go. */
    private String log(TransferRef ref) {
        StringBuilder log = new StringBuilder();
        var pods = bed.client(Side.SOURCE).pods().inNamespace(NAMESPACES.get(Side.SOURCE));
        pods.withLabel(TransferId.TRANSFER_LABEL, ref.token()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(pod -> log.append(
                        pods.resource(pod).inContainer(MoverPod.CONTAINER).getLog()));
        return log.toString();
    }

    private void remove(TransferRef ref, VolumeMove move, MoverContext context) {
        Polling.until(() -> mover.cleanUp(ref, move, context), gone -> gone, LIMIT);
    }
}

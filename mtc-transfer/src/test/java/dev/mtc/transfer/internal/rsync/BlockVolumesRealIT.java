package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CopyMethod;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices of two real clusters whose nodes are this machine; run with the profile {@code real}. */
class BlockVolumesRealIT {

    private static final Map<Side, String> NAMESPACES = Map.of(Side.SOURCE, "it-block-a", Side.TARGET, "it-block-b");
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int MIB = 1 << 20;

    private final RsyncVolumeMover mover = new RsyncVolumeMover();
    private final AtomicInteger passes = new AtomicInteger();
    private RealBed bed;

    @BeforeEach
    void open() {
        bed = new RealBed(NAMESPACES);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void passes_deviceInUseBefore_secondSendsOnlyWhatHasChangedAndIsVerified(@TempDir Path directory)
            throws IOException {
        try (LoopDevice source = new LoopDevice(bed, Side.SOURCE, NAMESPACES, directory, 150 * MIB);
                LoopDevice target = new LoopDevice(bed, Side.TARGET, NAMESPACES, directory, 160 * MIB)) {
            source.fill(0, 60 * MIB);
            target.fill(10 * MIB, 150 * MIB);

            Succeeded first = succeed(pass(source, target, Pass.HOT));

            assertThat(first.totalBytes()).isEqualTo(150L * MIB);
            assertThat(first.movedBytes()).isGreaterThanOrEqualTo(60L * MIB);
            assertThat(target.digest(150 * MIB)).isEqualTo(source.digest(150 * MIB));
            source.fill(33 * MIB + 512, 4096);
            source.fill(150 * MIB - 512, 512);

            Succeeded second = succeed(pass(source, target, Pass.COLD));

            assertThat(second.movedBytes()).isBetween(4608L, (long) MIB);
            assertThat(second.proof()).isEqualTo("contents equal by BLAKE2b of 3 extents, " + 150 * MIB + " bytes");
            assertThat(target.digest(150 * MIB)).isEqualTo(source.digest(150 * MIB));
        }
    }

    @Test
    void pass_targetDeviceTooSmall_failsAndNamesTheClaim(@TempDir Path directory) throws IOException {
        try (LoopDevice source = new LoopDevice(bed, Side.SOURCE, NAMESPACES, directory, 40 * MIB);
                LoopDevice target = new LoopDevice(bed, Side.TARGET, NAMESPACES, directory, 32 * MIB)) {
            source.fill(0, 40 * MIB);

            Failed failed = (Failed) pass(source, target, Pass.COLD);

            assertThat(failed.reason()).as(failed.message()).isEqualTo("NoSpaceLeft");
            assertThat(failed.message()).contains(target.claim().toString());
        }
    }

    private static Succeeded succeed(TransferStatus end) {
        assertThat(end).isInstanceOf(Succeeded.class);
        return (Succeeded) end;
    }

    private TransferStatus pass(LoopDevice source, LoopDevice target, Pass pass) {
        VolumeMove move = new VolumeMove(
                "pass-" + passes.incrementAndGet(),
                source.claim(),
                target.claim(),
                VolumeChoice.copy(CopyMethod.BLOCK).verify(),
                pass);
        MoverContext context = bed.context();
        TransferRef ref = mover.start(move, context);
        TransferStatus end = Polling.until(
                () -> mover.poll(ref, move, context),
                status -> status instanceof Succeeded || status instanceof Failed,
                LIMIT);
        Polling.until(() -> mover.cleanUp(ref, move, context), gone -> gone, LIMIT);
        return end;
    }
}

package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs transfers to their end, as an engine would. */
final class Copying {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Copying() {}

    static TransferStatus copy(ImageMover mover, ImageMove move, MoverContext context) {
        return await(mover, mover.start(move, context), move, context);
    }

    static TransferStatus.Succeeded copied(ImageMover mover, ImageMove move, MoverContext context) {
        TransferStatus end = copy(mover, move, context);
        assertThat(end).isInstanceOf(TransferStatus.Succeeded.class);
        return (TransferStatus.Succeeded) end;
    }

    static TransferStatus.Failed failed(ImageMover mover, ImageMove move, MoverContext context) {
        TransferStatus end = copy(mover, move, context);
        assertThat(end).isInstanceOf(TransferStatus.Failed.class);
        return (TransferStatus.Failed) end;
    }

    static TransferStatus await(ImageMover mover, TransferRef ref, ImageMove move, MoverContext context) {
        until("the transfer has ended", () -> hasEnded(mover.poll(ref, move, context)));
        return mover.poll(ref, move, context);
    }

    private static boolean hasEnded(TransferStatus status) {
        return !(status instanceof TransferStatus.Pending) && !(status instanceof TransferStatus.Running);
    }

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(deadline);
            try {
                assertThat(NEVER.await(5, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Interrupted while waiting until " + what, e);
            }
        }
    }
}

package dev.mtc.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every image mover must do. Tests of one mover extend this and say where images come from and go to. */
public abstract class ImageMoverContract {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static ScheduledExecutorService ticker;

    @BeforeAll
    static void openTicker() {
        ticker = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "contract-ticker");
            thread.setDaemon(true);
            return thread;
        });
    }

    @AfterAll
    static void closeTicker() {
        ticker.shutdownNow();
    }

    /** {@return a new instance, as another process would have} */
    protected abstract ImageMover newMover();

    /** {@return the context of one run, the same for all calls within a test} */
    protected abstract MoverContext context();

    /** {@return a move of an image of a few layers to a place that has nothing of it} */
    protected abstract ImageMove image();

    /** {@return a move of an image that has a layer without a byte} */
    protected abstract ImageMove imageWithEmptyLayer();

    /** {@return a move of a tag that does not exist} */
    protected abstract ImageMove unknownImage();

    /** {@return the digest of what a reference names now, {@code sha256:…}} */
    protected abstract String digest(String reference);

    @Test
    void poll_afterStart_endsWithProofAndEqualDigests() {
        ImageMover mover = newMover();
        ImageMove move = image();

        TransferStatus end = copy(mover, move);

        assertThat(end).isInstanceOf(TransferStatus.Succeeded.class);
        TransferStatus.Succeeded succeeded = (TransferStatus.Succeeded) end;
        assertThat(digest(move.target())).isEqualTo(digest(move.source()));
        assertThat(succeeded.proof()).isEqualTo(digest(move.source()) + " on both sides");
        assertThat(succeeded.movedBytes()).isPositive().isLessThanOrEqualTo(succeeded.totalBytes());
    }

    @Test
    void start_ofCopiedImage_movesNothing() {
        ImageMove move = image();
        copy(newMover(), move);

        TransferStatus end = copy(newMover(), move);

        assertThat(end).isInstanceOf(TransferStatus.Succeeded.class);
        assertThat(((TransferStatus.Succeeded) end).movedBytes()).isZero();
    }

    @Test
    void start_twiceWithOneKey_findsTheSameTransfer() {
        ImageMover mover = newMover();
        ImageMove move = image();

        TransferRef first = mover.start(move, context());
        TransferRef second = mover.start(move, context());
        TransferStatus end = ended(mover, second, move);

        assertThat(second).isEqualTo(first);
        assertThat(mover.poll(first, move, context())).isEqualTo(end);
        assertThat(mover.start(move, context())).isEqualTo(first);
        assertThat(mover.poll(first, move, context())).isEqualTo(end);
    }

    @Test
    void poll_byNewInstance_isLostAndStartsAgain() {
        ImageMove move = image();
        ImageMover before = newMover();
        TransferRef ref = before.start(move, context());
        ended(before, ref, move);

        ImageMover after = newMover();

        assertThat(after.poll(ref, move, context())).isInstanceOf(TransferStatus.Lost.class);
        assertThat(copy(after, move)).isInstanceOf(TransferStatus.Succeeded.class);
    }

    @Test
    void poll_ofUnknownReference_isLost() {
        ImageMover mover = newMover();
        TransferRef unknown = new TransferRef(mover.id(), "never-started");
        TransferRef foreign = new TransferRef("someone-else", "never-started");

        assertThat(mover.poll(unknown, image(), context())).isInstanceOf(TransferStatus.Lost.class);
        assertThat(mover.poll(foreign, image(), context())).isInstanceOf(TransferStatus.Lost.class);
    }

    @Test
    void cancel_twice_stopsAndLetsStartAgain() {
        ImageMover mover = newMover();
        ImageMove move = image();
        TransferRef ref = mover.start(move, context());

        mover.cancel(ref, move, context());
        mover.cancel(ref, move, context());
        cleanUp(mover, ref, move);

        assertThat(copy(mover, move)).isInstanceOf(TransferStatus.Succeeded.class);
    }

    @Test
    void cancel_ofUnknownReference_doesNothing() {
        ImageMover mover = newMover();
        TransferRef unknown = new TransferRef(mover.id(), "never-started");

        mover.cancel(unknown, image(), context());

        assertThat(mover.cleanUp(unknown, image(), context())).isTrue();
    }

    @Test
    void cleanUp_twice_leavesNothingButTheImage() {
        ImageMover mover = newMover();
        ImageMove move = image();
        TransferRef ref = mover.start(move, context());
        ended(mover, ref, move);

        cleanUp(mover, ref, move);

        assertThat(mover.cleanUp(ref, move, context())).isTrue();
        assertThat(mover.poll(ref, move, context())).isInstanceOf(TransferStatus.Lost.class);
        assertThat(digest(move.target())).isEqualTo(digest(move.source()));
    }

    @Test
    void cleanUp_afterFailure_leavesNothing() {
        ImageMover mover = newMover();
        ImageMove move = unknownImage();
        TransferRef ref = mover.start(move, context());

        TransferStatus end = ended(mover, ref, move);
        cleanUp(mover, ref, move);

        assertThat(end).isInstanceOf(TransferStatus.Failed.class);
        TransferStatus.Failed failed = (TransferStatus.Failed) end;
        assertThat(failed.message()).isNotBlank();
        assertThat(failed.fix()).isNotBlank();
        assertThat(mover.poll(ref, move, context())).isInstanceOf(TransferStatus.Lost.class);
    }

    @Test
    void start_afterFailure_triesAgain() {
        ImageMover mover = newMover();
        ImageMove move = unknownImage();
        TransferStatus first = copy(mover, move);

        TransferRef second = mover.start(move, context());

        assertThat(first).isInstanceOf(TransferStatus.Failed.class);
        assertThat(ended(mover, second, move)).isInstanceOf(TransferStatus.Failed.class);
    }

    @Test
    void start_ofImageWithEmptyLayer_copiesIt() {
        ImageMove move = imageWithEmptyLayer();

        assertThat(copy(newMover(), move)).isInstanceOf(TransferStatus.Succeeded.class);
        assertThat(digest(move.target())).isEqualTo(digest(move.source()));
    }

    private TransferStatus copy(ImageMover mover, ImageMove move) {
        return ended(mover, mover.start(move, context()), move);
    }

    private TransferStatus ended(ImageMover mover, TransferRef ref, ImageMove move) {
        return awaitPoll(
                mover,
                ref,
                move,
                status -> !(status instanceof TransferStatus.Pending) && !(status instanceof TransferStatus.Running));
    }

    private TransferStatus awaitPoll(
            ImageMover mover, TransferRef ref, ImageMove move, Predicate<TransferStatus> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        TransferStatus status = mover.poll(ref, move, context());
        while (!wanted.test(status)) {
            assertThat(System.nanoTime()).as("still " + status).isLessThan(deadline);
            tick();
            status = mover.poll(ref, move, context());
        }
        return status;
    }

    private void cleanUp(ImageMover mover, TransferRef ref, ImageMove move) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!mover.cleanUp(ref, move, context())) {
            assertThat(System.nanoTime()).as("still not cleaned up").isLessThan(deadline);
            tick();
        }
    }

    private static void tick() {
        try {
            ticker.schedule(() -> {}, 20, TimeUnit.MILLISECONDS).get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("Interrupted while waiting for a transfer", e);
        }
    }
}

package dev.mtc.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Lost;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.api.spi.VolumeMover;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every {@link VolumeMover} must do. Each test gets claims of its own from {@link #volumes()}; a subclass supplies them
 * and a mover.
 */
public abstract class VolumeMoverContract {

    /** A pair of empty claims, and a look into them past the mover. */
    public interface Volumes {

        /**
         * {@return a pass from one claim to the other}
         *
         * @param key unique within the test
         * @param pass how strict
         */
        VolumeMove move(String key, Pass pass);

        /**
         * Runs a shell command in the root of the source volume.
         *
         * @param command for {@code sh}
         * @return what it printed
         */
        String onSource(String command);

        /**
         * Runs a shell command in the root of the target volume.
         *
         * @param command for {@code sh}
         * @return what it printed
         */
        String onTarget(String command);
    }

    /** {@return a new mover, as a new process would make it} */
    protected abstract VolumeMover mover();

    /** {@return what movers of a run of its own may use} */
    protected abstract MoverContext context();

    /** {@return claims that no other test uses} */
    protected abstract Volumes volumes();

    /** {@return how long a small transfer may take} */
    protected Duration limit() {
        return Duration.ofMinutes(3);
    }

    /**
     * {@return the end of a transfer}
     *
     * @param ref what start returned
     * @param move what is moved
     * @param context what movers may use
     */
    protected final TransferStatus end(TransferRef ref, VolumeMove move, MoverContext context) {
        return Polling.until(
                () -> mover().poll(ref, move, context),
                status -> status instanceof Succeeded || status instanceof Failed || status instanceof Lost,
                limit());
    }

    /**
     * {@return what a transfer that must succeed came to} It leaves nothing on the clusters.
     *
     * @param move what is moved
     * @param context what movers may use
     */
    protected final Succeeded complete(VolumeMove move, MoverContext context) {
        VolumeMover mover = mover();
        TransferRef ref = mover.start(move, context);
        TransferStatus end = end(ref, move, context);
        cleanUp(ref, move, context);
        assertThat(end).isInstanceOf(Succeeded.class);
        return (Succeeded) end;
    }

    /**
     * Waits until nothing is left of a transfer.
     *
     * @param ref what start returned
     * @param move what is moved
     * @param context what movers may use
     */
    protected final void cleanUp(TransferRef ref, VolumeMove move, MoverContext context) {
        Polling.until(() -> mover().cleanUp(ref, move, context), gone -> gone, limit());
    }

    @Test
    void pass_emptyAndZeroByteFiles_arriveAndNothingElse() {
        Volumes volumes = volumes();
        MoverContext context = context();
        volumes.onSource(": >nothing; mkdir empty; echo something >file");
        volumes.onTarget("echo old >left-over");

        Succeeded result = complete(volumes.move("k", Pass.COLD), context);

        assertThat(volumes.onTarget("ls; cat file; wc -c <nothing; ls empty"))
                .isEqualToIgnoringNewLines("empty\nfile\nnothing\nsomething\n0\n");
        assertThat(result.totalBytes()).isEqualTo(10);
    }

    @Test
    void pass_emptyVolume_succeeds() {
        Volumes volumes = volumes();
        assertThat(complete(volumes.move("k", Pass.COLD), context()).totalBytes())
                .isZero();
    }

    @Test
    void pass_nothingChanged_movesNothing() {
        Volumes volumes = volumes();
        MoverContext context = context();
        volumes.onSource("echo something >file");
        complete(volumes.move("hot", Pass.HOT), context);

        assertThat(complete(volumes.move("cold", Pass.COLD), context).movedBytes())
                .isZero();
    }

    @Test
    void hotPass_sourceChangesMeanwhile_succeedsAndColdPassMendsIt() {
        Volumes volumes = volumes();
        MoverContext context = context();
        volumes.onSource("for i in $(seq 400); do echo $i >file-$i; done");
        volumes.onSource("(for i in $(seq 400); do rm -f file-$i; echo $i >new-$i; done) >/dev/null 2>&1 &");

        complete(volumes.move("hot", Pass.HOT), context);
        Polling.until(() -> volumes.onSource("ls | grep -c ^new-"), "400"::equals, limit());
        complete(volumes.move("cold", Pass.COLD), context);

        assertThat(volumes.onTarget("ls | sort | md5sum")).isEqualTo(volumes.onSource("ls | sort | md5sum"));
    }

    @Test
    void start_twiceWithOneKey_isOneTransfer() {
        Volumes volumes = volumes();
        MoverContext context = context();
        VolumeMove move = volumes.move("k", Pass.COLD);

        TransferRef first = mover().start(move, context);
        TransferRef second = mover().start(move, context);

        assertThat(second).isEqualTo(first);
        assertThat(end(first, move, context)).isInstanceOf(Succeeded.class);
        assertThat(mover().start(move, context)).isEqualTo(first);
        assertThat(mover().poll(first, move, context)).isInstanceOf(Succeeded.class);
        cleanUp(first, move, context);
    }

    @Test
    void poll_newMoverAfterStart_goesOn() {
        Volumes volumes = volumes();
        MoverContext context = context();
        VolumeMove move = volumes.move("k", Pass.COLD);
        volumes.onSource("echo something >file");
        TransferRef ref = mover().start(move, context);

        // end() polls with a new mover each time
        assertThat(end(ref, move, context)).isInstanceOf(Succeeded.class);
        assertThat(volumes.onTarget("cat file")).isEqualTo("something");
        cleanUp(ref, move, context);
    }

    @Test
    void poll_unknownReference_isLost() {
        VolumeMover mover = mover();
        VolumeMove move = volumes().move("never-started", Pass.COLD);
        assertThat(mover.poll(new TransferRef(mover.id(), "0123456789abcdef"), move, context()))
                .isInstanceOf(Lost.class);
    }

    @Test
    void cancel_twiceThenCleanUpTwice_leavesNothing() {
        VolumeMove move = volumes().move("k", Pass.COLD);
        MoverContext context = context();
        TransferRef ref = mover().start(move, context);

        mover().cancel(ref, move, context);
        mover().cancel(ref, move, context);
        assertThat(Polling.until(() -> mover().poll(ref, move, context), Lost.class::isInstance, limit()))
                .asInstanceOf(type(Lost.class))
                .isNotNull();

        cleanUp(ref, move, context);
        assertThat(mover().cleanUp(ref, move, context)).isTrue();
    }

    @Test
    void start_afterCancel_succeeds() {
        Volumes volumes = volumes();
        VolumeMove move = volumes.move("k", Pass.COLD);
        MoverContext context = context();
        volumes.onSource("echo something >file");
        mover().cancel(mover().start(move, context), move, context);

        assertThat(complete(move, context).totalBytes()).isEqualTo(10);
    }
}

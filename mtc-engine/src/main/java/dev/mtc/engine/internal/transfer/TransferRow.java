package dev.mtc.engine.internal.transfer;

import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing to move, as it is kept in the status of its DirectImageMigration or DirectVolumeMigration.
 *
 * @param key unique within the run
 * @param source where it is: an image reference or {@code namespace/claim}
 * @param target where it goes
 * @param state how far it is
 * @param moverId who moves it, empty before it was started
 * @param token what the mover finds it by, empty before it was started
 * @param movedBytes bytes that crossed the network
 * @param totalBytes its size
 * @param detail why it is as it is, for people
 * @param proof what shows that both sides are equal, or null
 * @param digest what a copied image is called on the target, or null
 * @param group what it is a part of: the ImageStream {@code namespace/name} of an image, or null
 * @param work who is at it
 */
public record TransferRow(
        String key,
        String source,
        String target,
        State state,
        String moverId,
        String token,
        long movedBytes,
        long totalBytes,
        String detail,
        @Nullable String proof,
        @Nullable String digest,
        @Nullable String group,
        TransferWork work) {

    public TransferRow {
        // Rows that an earlier version kept do not say.
        work = work == null ? TransferWork.NONE : work;
    }

    /** How far a row is. */
    public enum State {
        /** Not started. */
        PENDING,
        /** A mover is at it. */
        RUNNING,
        /** Everything arrived; helpers are being removed. */
        MOVED,
        /** Everything arrived. */
        DONE,
        /** It could not be moved. */
        FAILED,
        /** Nothing was to be done, as the detail says. */
        SKIPPED,
        /** It was given up with its migration before everything arrived. */
        STOPPED
    }

    /** {@return a row that was not started} */
    public static TransferRow pending(String key, String source, String target) {
        return row(key, source, target, State.PENDING, "");
    }

    /** {@return a row for which nothing is to be done} */
    public static TransferRow skipped(String key, String source, String target, String why) {
        return row(key, source, target, State.SKIPPED, why);
    }

    private static TransferRow row(String key, String source, String target, State state, String detail) {
        return new TransferRow(
                key, source, target, state, "", "", 0, 0, detail, null, null, null, TransferWork.NONE);
    }

    /** {@return the row, as a part of something} */
    TransferRow partOf(@Nullable String whole) {
        return new TransferRow(
                key, source, target, state, moverId, token, movedBytes, totalBytes, detail, proof, digest, whole, work);
    }

    boolean isOver() {
        return state == State.DONE || state == State.SKIPPED || isLost();
    }

    /** {@return whether it will not arrive any more} */
    boolean isLost() {
        return state == State.FAILED || state == State.STOPPED;
    }

    boolean hasArrived() {
        return isOver() || state == State.MOVED;
    }

    TransferRef ref() {
        return new TransferRef(moverId, token);
    }

    private TransferRow with(State next, TransferRef mover, String why, TransferWork nextWork) {
        return new TransferRow(
                key,
                source,
                target,
                next,
                mover.moverId(),
                mover.token(),
                movedBytes,
                totalBytes,
                why,
                proof,
                digest,
                group,
                nextWork);
    }

    TransferRow started(TransferRef ref, Instant now) {
        return with(State.RUNNING, ref, detail, work.begun(now));
    }

    TransferRow lost() {
        return with(State.PENDING, new TransferRef("", ""), detail, work);
    }

    TransferRow in(State next, String why) {
        return with(next, ref(), why, work);
    }

    TransferRow running(TransferStatus.@Nullable Helper helper) {
        return with(State.RUNNING, ref(), "", work.by(helper));
    }

    TransferRow over(State next, String why, Instant now) {
        return with(next, ref(), why, work.ended(now));
    }

    TransferRow moved(TransferStatus.Succeeded how, Instant now) {
        return new TransferRow(
                key,
                source,
                target,
                State.MOVED,
                moverId,
                token,
                how.movedBytes(),
                how.totalBytes(),
                "",
                how.proof(),
                how.digest(),
                group,
                work.ended(now));
    }
}

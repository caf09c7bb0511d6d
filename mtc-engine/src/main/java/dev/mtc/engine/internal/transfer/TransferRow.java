package dev.mtc.engine.internal.transfer;

import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
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
        @Nullable String digest) {

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
        return new TransferRow(key, source, target, State.PENDING, "", "", 0, 0, "", null, null);
    }

    /** {@return a row for which nothing is to be done} */
    public static TransferRow skipped(String key, String source, String target, String why) {
        return new TransferRow(key, source, target, State.SKIPPED, "", "", 0, 0, why, null, null);
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

    TransferRow started(TransferRef ref) {
        return new TransferRow(
                key,
                source,
                target,
                State.RUNNING,
                ref.moverId(),
                ref.token(),
                movedBytes,
                totalBytes,
                detail,
                proof,
                digest);
    }

    TransferRow lost() {
        return new TransferRow(
                key, source, target, State.PENDING, "", "", movedBytes, totalBytes, detail, proof, digest);
    }

    TransferRow in(State next, String why) {
        return new TransferRow(key, source, target, next, moverId, token, movedBytes, totalBytes, why, proof, digest);
    }

    TransferRow moved(TransferStatus.Succeeded how) {
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
                how.digest());
    }
}

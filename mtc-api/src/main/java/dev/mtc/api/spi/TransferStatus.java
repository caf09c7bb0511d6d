package dev.mtc.api.spi;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a transfer is.
 *
 * @since 0.1
 */
public sealed interface TransferStatus {

    /**
     * Nothing moves yet.
     *
     * @param reason what it waits for, for people
     */
    record Pending(String reason) implements TransferStatus {}

    /**
     * Data moves.
     *
     * @param transferredBytes bytes so far that count towards the total, moved or found equal
     * @param totalBytes the size of all of it, if known by now
     * @param detail more for people, for example {@code 812 files, attempt 2 of 5}, or empty
     * @param helper what moves it, null if that is this process
     */
    record Running(long transferredBytes, OptionalLong totalBytes, String detail, @Nullable Helper helper)
            implements TransferStatus {

        /**
         * Makes one of something that moves without a helper.
         *
         * @param transferredBytes bytes so far that count towards the total
         * @param totalBytes the size of all of it, if known by now
         * @param detail more for people, or empty
         */
        public Running(long transferredBytes, OptionalLong totalBytes, String detail) {
            this(transferredBytes, totalBytes, detail, null);
        }
    }

    /**
     * A pod that moves data.
     *
     * @param pod its name; it is in the namespace of what it moves
     * @param attempt which attempt it is, from 1
     * @param limit how many attempts there are at most
     */
    record Helper(String pod, int attempt, int limit) {}

    /**
     * All of it arrived.
     *
     * @param movedBytes bytes that had to cross the network, 0 if all was there
     * @param totalBytes the size of all of it
     * @param proof what shows that both sides are equal, for example {@code sha256:… on both sides}, or null
     * @param warnings what was survived, for example files that vanished in a hot pass
     * @param digest what a copied image is called on the target, null for anything else
     */
    record Succeeded(
            long movedBytes, long totalBytes, @Nullable String proof, List<String> warnings, @Nullable String digest)
            implements TransferStatus {

        public Succeeded {
            warnings = List.copyOf(warnings);
        }

        /**
         * Makes one of something that has no digest.
         *
         * @param movedBytes bytes that had to cross the network, 0 if all was there
         * @param totalBytes the size of all of it
         * @param proof what shows that both sides are equal, or null
         * @param warnings what was survived
         */
        public Succeeded(long movedBytes, long totalBytes, @Nullable String proof, List<String> warnings) {
            this(movedBytes, totalBytes, proof, warnings, null);
        }
    }

    /**
     * It failed after the mover's own retries.
     *
     * @param kind what may help
     * @param reason a stable word, for example {@code NoSpaceLeft}
     * @param message what failed where and why, with the last lines of the log where that helps
     * @param fix what to do about it
     */
    record Failed(Kind kind, String reason, String message, String fix) implements TransferStatus {

        /** What may help. */
        public enum Kind {
            /** Another attempt later. */
            TRANSIENT,
            /** Nothing. */
            PERMANENT,
            /** The user can mend the cause. */
            USER_FIXABLE
        }
    }

    /** There is nothing left of it; start it again with the same key. */
    record Lost() implements TransferStatus {}
}

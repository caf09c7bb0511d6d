package dev.mtc.engine.internal.transfer;

import dev.mtc.api.spi.TransferStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is at a row, and since when.
 *
 * @param pod the pod that moves it, null if none does or it is not known yet
 * @param attempt which attempt that is, 0 if it is not known yet
 * @param limit how many attempts there are at most, 0 if it is not known yet
 * @param begun when a mover began, null before that
 * @param ended when it was over, null before that
 */
public record TransferWork(
        @Nullable String pod, int attempt, int limit, @Nullable String begun, @Nullable String ended) {

    /** Nobody yet. */
    static final TransferWork NONE = new TransferWork(null, 0, 0, null, null);

    TransferWork begun(Instant now) {
        return begun == null ? new TransferWork(pod, attempt, limit, now.toString(), null) : this;
    }

    TransferWork by(TransferStatus.@Nullable Helper helper) {
        return helper == null
                ? this
                : new TransferWork(helper.pod(), helper.attempt(), helper.limit(), begun, ended);
    }

    TransferWork ended(Instant now) {
        return ended == null ? new TransferWork(pod, attempt, limit, begun, now.toString()) : this;
    }

    /** {@return how long it took, or has taken until now; empty before it began} */
    Optional<Duration> took(Instant now) {
        if (begun == null) {
            return Optional.empty();
        }
        return Optional.of(Duration.between(Instant.parse(begun), ended == null ? now : Instant.parse(ended)));
    }
}

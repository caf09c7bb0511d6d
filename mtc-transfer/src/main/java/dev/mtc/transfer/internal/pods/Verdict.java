package dev.mtc.transfer.internal.pods;

import dev.mtc.api.spi.TransferStatus;
import java.util.List;

/** What follows from the end of a sender. */
public sealed interface Verdict {

    /**
     * All arrived.
     *
     * @param warnings what was survived
     */
    record Done(List<String> warnings) implements Verdict {}

    /**
     * Another attempt may succeed.
     *
     * @param failure what is reported if there is none
     */
    record Retry(TransferStatus.Failed failure) implements Verdict {}

    /**
     * Another attempt would fail in the same way.
     *
     * @param failure what is reported
     */
    record Stop(TransferStatus.Failed failure) implements Verdict {}
}

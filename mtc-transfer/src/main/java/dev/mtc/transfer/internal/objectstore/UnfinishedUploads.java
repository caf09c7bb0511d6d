package dev.mtc.transfer.internal.objectstore;

import java.time.Instant;
import java.util.List;

/** A store that keeps what was sent of objects whose writers were killed, until somebody removes it. */
interface UnfinishedUploads {

    /** {@return the keys of the objects, one for each upload that began before some time} */
    List<String> unfinished(Instant before);

    /**
     * Removes what began before some time.
     *
     * @return how many there were
     */
    long removeUnfinished(Instant before);
}

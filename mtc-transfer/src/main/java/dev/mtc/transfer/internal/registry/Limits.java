package dev.mtc.transfer.internal.registry;

import java.time.Duration;

/**
 * How much is done at once, and how patiently.
 *
 * @param imagesAtOnce images that a run copies at once
 * @param blobsAtOnce blobs that a run sends at once
 * @param firstPause pause before a second attempt; later ones grow
 * @param attempts how often a call is made at most
 */
record Limits(int imagesAtOnce, int blobsAtOnce, Duration firstPause, int attempts) {

    /** Some two minutes in all, so that a registry may be restarted or moved to another node. */
    private static final int PATIENT = 12;

    private static final int HASTY = 4;

    static final Limits DEFAULT = new Limits(4, 4, Duration.ofMillis(250));

    Limits(int imagesAtOnce, int blobsAtOnce, Duration firstPause) {
        this(imagesAtOnce, blobsAtOnce, firstPause, PATIENT);
    }

    /** {@return the same for what somebody waits for at a prompt} */
    Limits hasty() {
        return new Limits(imagesAtOnce, blobsAtOnce, firstPause, HASTY);
    }
}

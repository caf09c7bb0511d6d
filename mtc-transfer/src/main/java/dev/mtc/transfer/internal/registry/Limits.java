package dev.mtc.transfer.internal.registry;

import java.time.Duration;

/**
 * How much is done at once, and how patiently.
 *
 * @param imagesAtOnce images that a run copies at once
 * @param blobsAtOnce blobs that a run sends at once
 * @param firstPause pause before a second attempt; later ones grow
 */
record Limits(int imagesAtOnce, int blobsAtOnce, Duration firstPause) {

    static final Limits DEFAULT = new Limits(4, 4, Duration.ofMillis(250));
}

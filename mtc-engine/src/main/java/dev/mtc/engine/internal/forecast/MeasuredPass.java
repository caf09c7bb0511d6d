package dev.mtc.engine.internal.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * A pass over one volume that went through.
 *
 * @param begun when its mover began
 * @param ended when everything had arrived
 * @param movedBytes bytes that crossed the network
 * @param totalBytes the size of all of it
 */
record MeasuredPass(Instant begun, Instant ended, long movedBytes, long totalBytes) {

    Duration took() {
        return Duration.between(begun, ended);
    }
}

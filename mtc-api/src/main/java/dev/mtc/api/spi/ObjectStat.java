package dev.mtc.api.spi;

import java.time.Instant;
import java.util.Objects;

/**
 * What is known of an object.
 *
 * @param key its key
 * @param sizeBytes its length
 * @param etag changes when the content does; only good for comparing
 * @param modified when it was written
 * @since 0.1
 */
public record ObjectStat(String key, long sizeBytes, String etag, Instant modified) {

    public ObjectStat {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(modified, "modified");
    }
}

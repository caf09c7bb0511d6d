package dev.mtc.api.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What copying an image would come to.
 *
 * @param totalBytes all of it, layers that stay where they are left out
 * @param missing size of each part that the target does not have yet, by a key; parts with the same key are moved once, however many
 *     images that go to the same registry have them
 * @param platforms what it runs on, as {@code os/architecture[/variant]}; empty if that is not known
 * @param digest what it would be called on the target
 * @since 0.1
 */
public record ImageEstimate(long totalBytes, Map<String, Long> missing, List<String> platforms, String digest) {

    public ImageEstimate {
        missing = Map.copyOf(missing);
        platforms = List.copyOf(platforms);
        Objects.requireNonNull(digest, "digest");
    }

    /** {@return what the target does not have yet, in bytes} */
    public long missingBytes() {
        return missing.values().stream().mapToLong(Long::longValue).sum();
    }
}

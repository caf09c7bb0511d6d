package dev.mtc.api.spi;

import java.util.List;
import java.util.Objects;

/**
 * What copying an image would come to.
 *
 * @param totalBytes all of it, layers that stay where they are left out
 * @param missingBytes what the target does not have yet
 * @param platforms what it runs on, as {@code os/architecture[/variant]}; empty if that is not known
 * @param digest what it would be called on the target
 */
public record ImageEstimate(long totalBytes, long missingBytes, List<String> platforms, String digest) {

    public ImageEstimate {
        platforms = List.copyOf(platforms);
        Objects.requireNonNull(digest, "digest");
    }
}

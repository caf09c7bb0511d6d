package dev.mtc.api.spi;

import java.util.Objects;

/**
 * One image. One of the two places is a {@link RepositoryImage} if the image goes through the repository.
 *
 * @param key unique within the run
 * @param source full reference, {@code host/repository:tag} or {@code host/repository@digest}
 * @param target full reference; with the source's digest if that has one and this has no tag
 * @since 0.1
 */
public record ImageMove(String key, String source, String target) implements MoveRequest {

    public ImageMove {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
    }

    @Override
    public String toString() {
        return source + " -> " + target;
    }
}

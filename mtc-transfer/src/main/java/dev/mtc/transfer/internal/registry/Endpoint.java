package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the distribution protocol: what is sent and what the answer means. Login, retries and refusals are
 * {@link RegistryClient}'s.
 *
 * @param <T> what the answer means
 */
interface Endpoint<T> {

    String method();

    /** {@return path on the registry, or the absolute address that the registry gave} */
    String path();

    /** {@return the repository that it is about} */
    String repository();

    /** {@return what a token must allow} */
    default List<String> scopes() {
        return List.of("repository:" + repository() + ":pull");
    }

    default Map<String, String> headers() {
        return Map.of();
    }

    default @Nullable Body body() {
        return null;
    }

    /** {@return what it does, for messages: a verb and its object} */
    String trying();

    /** {@return the reason of a failure if the answer is 404} */
    String missing();

    boolean accepts(int status);

    /** {@return whether a refusal with this status asks to begin again} */
    default boolean isPassing(int status) {
        return false;
    }

    /**
     * {@return what an accepted answer means} The answer is closed afterwards, unless that was handed on.
     *
     * @param answer the answer
     * @param tried for messages
     */
    T read(Answer answer, Tried tried) throws IOException;
}

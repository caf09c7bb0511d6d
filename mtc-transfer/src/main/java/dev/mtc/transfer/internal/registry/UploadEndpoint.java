package dev.mtc.transfer.internal.registry;

import java.net.URI;
import java.util.List;

/**
 * A call about an upload that was begun, at the address that the registry gave for it.
 *
 * @param <T> what the answer means
 */
interface UploadEndpoint<T> extends Endpoint<T> {

    URI upload();

    @Override
    default String path() {
        return upload().toString();
    }

    @Override
    default List<String> scopes() {
        return List.of("repository:" + repository() + ":pull,push");
    }

    @Override
    default String missing() {
        return "UploadLost";
    }

    /** {@return where the next request about it goes} */
    default URI next(Answer answer) {
        String location = answer.header("Location");
        return location == null ? upload() : answer.uri().resolve(location);
    }
}

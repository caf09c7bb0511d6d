package dev.mtc.transfer.internal.registry;

import java.util.Map;

/**
 * Something that is asked of a manifest.
 *
 * @param <T> what the answer means
 */
interface ManifestRead<T> extends Endpoint<T> {

    /** {@return the tag or digest that names it} */
    String reference();

    @Override
    default String path() {
        return "/v2/" + repository() + "/manifests/" + reference();
    }

    @Override
    default Map<String, String> headers() {
        return Map.of("Accept", MediaTypes.ACCEPT);
    }

    @Override
    default String missing() {
        return "ManifestNotFound";
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the target has, fetched by one list for each kind and namespace. Only the last list is kept, as bytes, since archives are
 * ordered by kind and namespace. Used by one thread.
 */
final class Existing {

    private final ApiServer target;
    private final Map<String, byte[]> byName = new HashMap<>();
    private @Nullable ResourceType type;
    private String namespace = "";

    Existing(ApiServer target) {
        this.target = target;
    }

    /** An object that was listed, or the knowledge that there is none. */
    static final class Kept {

        private final byte @Nullable [] bytes;

        private Kept(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        /** {@return the object, parsed anew, or null} */
        @Nullable
        ObjectNode object() {
            try {
                return bytes == null ? null : Json.read(bytes);
            } catch (IOException e) {
                throw new IllegalStateException("A listed object cannot be read again", e);
            }
        }
    }

    Kept of(ResourceType wantedType, ObjectKey key) {
        if (!wantedType.equals(type) || !key.namespace().equals(namespace)) {
            byName.clear();
            type = wantedType;
            namespace = key.namespace();
            list(wantedType);
        }
        return new Kept(byName.get(key.name()));
    }

    /** A kind whose definition comes along is not served before that. */
    private void list(ResourceType wantedType) {
        try {
            Pages.of(target, wantedType, namespace, "").forEach(this::keep);
        } catch (ClusterAccessException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    private void keep(ObjectNode object) {
        String name = Json.text(object, "metadata", "name");
        Json.object(object, "metadata").ifPresent(metadata -> metadata.remove("managedFields"));
        object.remove("status");
        byName.put(name, Json.write(object));
    }
}

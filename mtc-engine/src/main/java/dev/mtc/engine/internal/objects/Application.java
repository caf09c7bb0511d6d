package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Preview.Verb;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.ApiServer.OthersFields;
import dev.mtc.engine.internal.cluster.ResourceType;

/**
 * Writes one object with one call: server-side apply, or what comes next to it where a server has none or cannot read a list with
 * repeated or missing keys, as those before 1.21 do.
 */
final class Application {

    private final ApiServer target;

    Application(ApiServer target) {
        this.target = target;
    }

    void write(Prepared.Applicable prepared, Verb verb) {
        ResourceType type = prepared.type();
        ObjectKey key = prepared.key();
        ObjectNode object = prepared.object();
        String path = type.path(key.namespace(), key.name());
        try {
            // What someone made since it was listed is not taken over unseen.
            target.applyOneOfMany(path, object, verb == Verb.CREATE ? OthersFields.LEFT : OthersFields.TAKEN);
        } catch (ClusterAccessException e) {
            if (!isApplyRefused(e)) {
                throw e;
            }
            if (verb == Verb.CREATE) {
                target.create(type.collection(key.namespace()), object);
            } else {
                target.merge(path, object);
            }
        }
    }

    private static boolean isApplyRefused(ClusterAccessException e) {
        boolean unknownPatch = e.status() == 415 || e.status() == 404 || e.status() == 405;
        return unknownPatch || String.valueOf(e.getMessage()).contains("failed to create typed patch");
    }
}

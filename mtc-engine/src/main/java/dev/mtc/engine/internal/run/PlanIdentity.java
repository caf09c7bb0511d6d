package dev.mtc.engine.internal.run;

import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The uid of a plan. It follows from the plan's name and the identity of its clusters, so that a rollback from another
 * process, without any saved state, finds what a cut-over made.
 */
public final class PlanIdentity {

    private PlanIdentity() {}

    /** {@return the uid} */
    public static String uid(Plan plan, ApiServer source, ApiServer target) {
        String text = plan.name() + "\n" + clusterUid(source) + "\n" + clusterUid(target);
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** {@return what tells clusters apart whatever they are called: the uid of their first namespace} */
    public static String clusterUid(ApiServer server) {
        return server.get("/api/v1/namespaces/kube-system")
                .path("metadata")
                .path("uid")
                .asText();
    }
}

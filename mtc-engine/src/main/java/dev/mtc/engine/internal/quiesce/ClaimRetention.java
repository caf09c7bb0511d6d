package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A StatefulSet may say that claims are deleted when it is scaled down (Kubernetes 1.23 and later), which to stop it would be the
 * loss of all its data. So it keeps them while it is stopped.
 */
final class ClaimRetention {

    /** How it was; only where it was not to keep them. */
    static final String ANNOTATION = Workload.PREFIX + "preQuiesceClaimRetention";

    private static final String POLICY = "persistentVolumeClaimRetentionPolicy";
    private static final String FIELD = "whenScaled";
    private static final String DELETE = "Delete";
    private static final String RETAIN = "Retain";

    private ClaimRetention() {}

    /** Writes into the very patch that scales it down what keeps its claims. */
    static void stop(ObjectNode set, ObjectNode patch) {
        if (of(set).equals(DELETE)) {
            patch.withObjectProperty("spec").withObjectProperty(POLICY).put(FIELD, RETAIN);
            Found.annotate(patch).put(ANNOTATION, DELETE);
        }
    }

    /** Writes into the patch that starts it what makes it as it was, unless someone has changed it since. */
    static void start(Found found, ObjectNode patch) {
        String kept = found.annotation(ANNOTATION).asText();
        if (kept.isEmpty()) {
            return;
        }
        Found.annotate(patch).putNull(ANNOTATION);
        if (kept.equals(DELETE) && of(found.object()).equals(RETAIN)) {
            patch.withObjectProperty("spec").withObjectProperty(POLICY).put(FIELD, DELETE);
        }
    }

    private static String of(ObjectNode set) {
        return set.path("spec").path(POLICY).path(FIELD).asText();
    }
}

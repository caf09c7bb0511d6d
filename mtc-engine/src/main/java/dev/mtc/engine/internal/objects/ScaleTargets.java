package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Corrects the groups in which autoscalers look for their workloads, as some that old servers took have gone. */
final class ScaleTargets implements BuiltInTransform {

    private static final Set<String> MOVED_TO_APPS = Set.of("Deployment", "ReplicaSet");

    private final RestoreSettings settings;

    ScaleTargets(RestoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "scale targets";
    }

    @Override
    public void apply(Draft draft) {
        if (draft.is("horizontalpodautoscalers.autoscaling")) {
            Json.object(draft.spec(), "scaleTargetRef").ifPresent(this::correct);
        }
    }

    private void correct(ObjectNode reference) {
        String kind = Json.text(reference, "kind");
        boolean legacy = Json.text(reference, "apiVersion").startsWith("extensions/");
        if (kind.equals("DeploymentConfig")) {
            reference.put("apiVersion", "apps.openshift.io/v1");
            if (settings.plan().convertsDeploymentConfigs()) {
                reference.put("apiVersion", "apps/v1").put("kind", "Deployment");
            }
        } else if (legacy && MOVED_TO_APPS.contains(kind)) {
            reference.put("apiVersion", "apps/v1");
        }
    }
}

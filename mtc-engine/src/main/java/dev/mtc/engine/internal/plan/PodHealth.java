package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mtc.api.model.v1alpha1.UnhealthyNamespace;
import dev.mtc.api.model.v1alpha1.UnhealthyWorkload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which pods are not healthy, by MTC's rules: failed, not schedulable, or with a container that cannot start. */
public final class PodHealth {

    private static final Set<String> STUCK = Set.of("ImagePullBackOff", "CrashLoopBackOff");
    private static final String UNSCHEDULABLE = "Unschedulable";
    /** MTC lists pods as the resources of one workload of this name. */
    private static final String PODS = "Pods";

    private PodHealth() {}

    /** {@return what is wrong with a pod, in one word; empty if nothing is} */
    public static Optional<String> complaint(JsonNode pod) {
        JsonNode status = pod.path("status");
        if (status.path("phase").asText().equals("Failed")) {
            return Optional.of(status.path("reason").asText("Failed"));
        }
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode container : status.path(list)) {
                String waiting =
                        container.path("state").path("waiting").path("reason").asText("");
                if (STUCK.contains(waiting)) {
                    return Optional.of(waiting);
                }
            }
        }
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("reason").asText("").equals(UNSCHEDULABLE)) {
                return Optional.of(UNSCHEDULABLE);
            }
        }
        return Optional.empty();
    }

    /** {@return unhealthy pods as a status lists them} */
    public static List<UnhealthyNamespace> status(Map<String, List<String>> podsByNamespace) {
        return podsByNamespace.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> namespace(entry.getKey(), Map.of(PODS, entry.getValue())))
                .toList();
    }

    /**
     * {@return one namespace as a status lists it}
     *
     * @param name its name
     * @param unhealthy names of what is unhealthy, by what it is
     */
    public static UnhealthyNamespace namespace(String name, Map<String, List<String>> unhealthy) {
        UnhealthyNamespace namespace = new UnhealthyNamespace();
        namespace.setName(name);
        namespace.setWorkloads(unhealthy.entrySet().stream()
                .map(entry -> {
                    UnhealthyWorkload workload = new UnhealthyWorkload();
                    workload.setName(entry.getKey());
                    workload.setResources(entry.getValue());
                    return workload;
                })
                .toList());
        return namespace;
    }
}

package dev.mtc.engine.internal.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.PendingReasons;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The pods of a hook's Job at one moment, one for each attempt. */
final class HookPods {

    private final ApiServer server;
    private final String namespace;
    private final List<ObjectNode> pods;

    private HookPods(ApiServer server, String namespace, List<ObjectNode> pods) {
        this.server = server;
        this.namespace = namespace;
        this.pods = pods;
    }

    static HookPods of(ApiServer server, HookJob job) {
        Comparator<ObjectNode> byAge = Comparator.comparing(
                pod -> pod.path("metadata").path("creationTimestamp").asText());
        return new HookPods(
                server,
                job.site().namespace(),
                server.list(job.site().pods(), job.selector()).stream()
                        .sorted(byAge)
                        .toList());
    }

    int attempts() {
        return pods.size();
    }

    private Optional<ObjectNode> newest() {
        return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(pods.size() - 1));
    }

    /** {@return whether the first attempt has no pod yet, or the newest one's does not run} */
    boolean isStarting() {
        return newest().map(pod -> phase(pod).equals("Pending")).orElse(true);
    }

    /** {@return what keeps the newest from running} */
    List<String> obstacles() {
        return newest().map(PendingReasons::of).orElse(List.of());
    }

    /** {@return whether the kubelet ended one because it ran too long} */
    boolean isOverdue() {
        return pods.stream()
                .anyMatch(pod -> pod.path("status").path("reason").asText().equals("DeadlineExceeded"));
    }

    /** {@return sentences about how the last attempt that ended, or else the newest, did} */
    String ending() {
        Optional<ObjectNode> last = pods.stream()
                .filter(pod -> phase(pod).equals("Failed"))
                .reduce((older, newer) -> newer)
                .or(this::newest);
        return last.map(pod -> {
                    String name = pod.path("metadata").path("name").asText();
                    return "; pod " + name + exit(pod) + "; " + HookLog.end(server, namespace, name);
                })
                .orElse("");
    }

    private static String exit(ObjectNode pod) {
        JsonNode state = pod.path("status")
                .path("containerStatuses")
                .path(0)
                .path("state")
                .path("terminated");
        if (state.isMissingNode()) {
            return " did not end by itself";
        }
        String reason = state.path("reason").asText("");
        return " ended with exit code " + state.path("exitCode").asInt()
                + (reason.isEmpty() || reason.equals("Error") ? "" : " (" + reason + ")");
    }

    private static String phase(ObjectNode pod) {
        return pod.path("status").path("phase").asText();
    }
}

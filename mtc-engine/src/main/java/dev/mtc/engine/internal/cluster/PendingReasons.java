package dev.mtc.engine.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What keeps pods from running. */
public final class PendingReasons {

    private static final Set<String> USUAL = Set.of("", "ContainerCreating", "PodInitializing");

    private PendingReasons() {}

    /** {@return what a pod waits for, in the words of the kubelet and the scheduler} */
    public static List<String> of(JsonNode pod) {
        List<String> reasons = new ArrayList<>();
        String name = pod.path("metadata").path("name").asText();
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            JsonNode waiting = container.path("state").path("waiting");
            if (!USUAL.contains(waiting.path("reason").asText(""))) {
                reasons.add(inWords(name, waiting));
            }
        }
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("reason").asText().equals("Unschedulable")) {
                reasons.add(inWords(name, condition));
            }
        }
        return reasons;
    }

    private static String inWords(String pod, JsonNode state) {
        return ("pod " + pod + " " + state.path("reason").asText() + " "
                        + state.path("message").asText(""))
                .strip();
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Where pods are described: in Pods, in the templates of workloads, and in custom resources of the same shape. */
final class PodSpecs {

    private PodSpecs() {}

    /** {@return every pod spec in an object: what has a list of containers that name images} */
    static List<ObjectNode> in(ObjectNode object) {
        List<ObjectNode> found = new ArrayList<>();
        Json.walk(object, "", (path, node) -> {
            boolean hasContainers = Json.objects(node.path("containers")).stream()
                    .anyMatch(container -> container.has("image") || container.has("name"));
            if (hasContainers && !path.startsWith("status") && !path.startsWith("metadata")) {
                found.add(node);
            }
        });
        return found;
    }
}

package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The node selector of a DaemonSet, which is stopped by one that no node meets. */
final class NodeSelector {

    private static final String NOWHERE = "migration.openshift.io/quiesceDaemonSet";
    private static final ObjectMapper JSON = new ObjectMapper();

    private NodeSelector() {}

    private static JsonNode of(ObjectNode daemonSet) {
        return daemonSet.at("/spec/template/spec/nodeSelector");
    }

    static boolean isNowhere(ObjectNode daemonSet) {
        return of(daemonSet).has(NOWHERE);
    }

    static String text(ObjectNode daemonSet) {
        return of(daemonSet).isObject() ? of(daemonSet).toString() : "{}";
    }

    /** {@return the selector that an annotation keeps, empty if it is none} */
    static Optional<ObjectNode> parse(String text) {
        try {
            JsonNode parsed = JSON.readTree(text);
            if (parsed.isNull()) {
                return Optional.of(JSON.createObjectNode());
            }
            boolean isMap = parsed.isObject()
                    && parsed.properties().stream()
                            .allMatch(entry -> entry.getValue().isTextual());
            return isMap ? Optional.of((ObjectNode) parsed) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode in(ObjectNode patch) {
        return patch.withObjectProperty("spec")
                .withObjectProperty("template")
                .withObjectProperty("spec")
                .withObjectProperty("nodeSelector");
    }

    static void stop(ObjectNode patch) {
        in(patch).put(NOWHERE, "true");
    }

    /** Takes away what {@link #stop} added, and puts back what is missing unless someone else changed the rest. */
    static void restore(ObjectNode daemonSet, String original, ObjectNode patch) {
        if (!isNowhere(daemonSet)) {
            return;
        }
        ObjectNode selector = in(patch).putNull(NOWHERE);
        boolean isReplaced = of(daemonSet).size() == 1;
        if (isReplaced) {
            parse(original).ifPresent(selector::setAll);
        }
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** What one must know of an archive's other objects to judge one of them. Immutable after the scan. */
final class Surroundings {

    private static final String AUTOSCALERS = "horizontalpodautoscalers.autoscaling";

    private final Set<String> services = new HashSet<>();
    private final Set<String> autoscaled = new HashSet<>();

    private Surroundings() {}

    static Surroundings none() {
        return new Surroundings();
    }

    /** Reads the services and autoscalers of an archive. */
    static Surroundings of(Archive archive) {
        Surroundings found = new Surroundings();
        archive.forEach(
                key -> key.resource().equals("services") || key.resource().equals(AUTOSCALERS), found::note);
        return found;
    }

    void note(ObjectKey key, ObjectNode object) {
        JsonNode spec = object.path("spec");
        if (key.resource().equals("services")) {
            if (!spec.path("selector").isEmpty()) {
                services.add(key.namespace() + "/" + key.name());
            }
        } else {
            JsonNode workload = spec.path("scaleTargetRef");
            autoscaled.add(scaled(
                    key.namespace(),
                    workload.path("kind").asText(),
                    workload.path("name").asText()));
        }
    }

    /** {@return whether a service of the source finds its endpoints by a selector} */
    boolean hasSelector(String namespace, String service) {
        return services.contains(namespace + "/" + service);
    }

    /** {@return whether an autoscaler of the source sets the replicas of a workload} */
    boolean isAutoscaled(String namespace, String kind, String name) {
        return autoscaled.contains(scaled(namespace, kind, name));
    }

    private static String scaled(String namespace, String kind, String name) {
        return namespace + "/" + kind + "/" + name;
    }
}

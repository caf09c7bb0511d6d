package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one must know of an archive's other objects to judge one of them. Immutable after the scan. */
final class Surroundings {

    private static final String AUTOSCALERS = "horizontalpodautoscalers.autoscaling";

    private final Set<String> services = new HashSet<>();
    private final Set<String> autoscaled = new HashSet<>();
    private final SortedSet<Integer> waves = new TreeSet<>();
    private boolean sorted = true;

    private Surroundings() {}

    static Surroundings none() {
        return new Surroundings();
    }

    /** Reads the services and autoscalers of an archive. */
    static Surroundings of(Archive archive) {
        Surroundings found = new Surroundings();
        archive.forEach(found::isTelling, found::note);
        return found;
    }

    private boolean isTelling(ObjectKey key) {
        int wave = ApplyOrder.wave(key.resource());
        sorted &= waves.isEmpty() || waves.last() <= wave;
        waves.add(wave);
        return key.resource().equals("services") || key.resource().equals(AUTOSCALERS);
    }

    /** {@return the waves of the archive's objects, each a pass over it; one for all where they stand in the order of waves} */
    List<Set<Integer>> passes() {
        return sorted ? List.of(waves) : waves.stream().map(Set::of).toList();
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

package dev.mtc.engine.internal.objects;

import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** In which version the target takes objects, where it does not serve theirs. */
final class Conversion {

    /** Versions of one kind between which nothing but {@code apiVersion} changes. */
    private static final Map<String, Set<String>> SAME_SCHEMA = Map.of(
            "cronjobs.batch", Set.of("v1beta1", "v1"),
            "poddisruptionbudgets.policy", Set.of("v1beta1", "v1"),
            "horizontalpodautoscalers.autoscaling", Set.of("v2beta2", "v2"));

    private Conversion() {}

    /** {@return the version to apply, the object's own if it is served; empty if the target takes none} */
    static Optional<ResourceType> versionFor(ResourceType captured, Discovery target) {
        List<ResourceType> served = target.versions(captured.resource());
        Set<String> alike = SAME_SCHEMA.getOrDefault(captured.resource(), Set.of());
        return served.stream()
                .filter(type -> type.version().equals(captured.version()))
                .findFirst()
                .or(() -> served.stream()
                        .filter(type -> alike.contains(captured.version()) && alike.contains(type.version()))
                        .findFirst());
    }
}

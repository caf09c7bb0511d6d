package dev.mtc.engine.internal.objects;

import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which kind and version the target takes objects. Versions are converted by the servers: the source is asked for one that the target
 * serves. Only where they have none in common, and one is like the other, is it done here.
 */
final class Conversion {

    /** Versions of one kind between which little but {@code apiVersion} changes; {@link VersionChange} does the rest. */
    private static final Map<String, Set<String>> ALIKE = Map.of(
            "cronjobs.batch", Set.of("v1beta1", "v1"),
            "poddisruptionbudgets.policy", Set.of("v1beta1", "v1"),
            "endpointslices.discovery.k8s.io", Set.of("v1beta1", "v1"),
            "horizontalpodautoscalers.autoscaling", Set.of("v2beta2", "v2"));

    private Conversion() {}

    /** {@return the version to read on the source, one that the target serves if there is one} */
    static ResourceType readAs(ResourceType kind, Discovery source, Discovery target) {
        List<String> accepted = target.versions(kind.resource()).stream()
                .map(ResourceType::version)
                .toList();
        return source.versions(kind.resource()).stream()
                .filter(candidate -> accepted.contains(candidate.version()))
                .findFirst()
                .orElse(kind);
    }

    /** {@return the version to apply, the object's own if it is served; empty if the target takes none} */
    static Optional<ResourceType> versionFor(ResourceType captured, Plan plan, Discovery target) {
        if (captured.resource().equals(DeploymentConfigs.RESOURCE) && plan.convertsDeploymentConfigs()) {
            return target.find("apps/v1", "Deployment");
        }
        List<ResourceType> served = target.versions(captured.resource());
        Set<String> alike = ALIKE.getOrDefault(captured.resource(), Set.of());
        return served.stream()
                .filter(type -> type.version().equals(captured.version()))
                .findFirst()
                .or(() -> served.stream()
                        .filter(type -> alike.contains(captured.version()) && alike.contains(type.version()))
                        .findFirst());
    }

    /** {@return why the target takes it in no version} */
    static String obstacle(ResourceType captured, Discovery target) {
        String served = target.versions(captured.resource()).stream()
                .map(ResourceType::apiVersion)
                .collect(Collectors.joining(", "));
        String kind = captured.apiVersion() + " " + captured.kind();
        return served.isEmpty()
                ? "the target does not serve " + kind
                : "the clusters have no version in common: the source serves " + kind + ", the target " + served;
    }
}

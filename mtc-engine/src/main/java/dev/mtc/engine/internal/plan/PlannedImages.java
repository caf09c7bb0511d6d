package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the images that a plan's workloads run, or its builds and image streams name, and that the plan has a place for. */
public final class PlannedImages {

    private static final List<String> WITH_IMAGES = List.of(
            "pods",
            "replicationcontrollers",
            "deployments.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "replicasets.apps",
            "deploymentconfigs.apps.openshift.io",
            "jobs.batch",
            "cronjobs.batch",
            "buildconfigs.build.openshift.io",
            "imagestreams.image.openshift.io");
    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers", "ephemeralContainers");

    /** Where a build puts its image, which need not be there yet. */
    private static final String BUILT = "output";

    private PlannedImages() {}

    /** {@return the kinds that are looked into} */
    public static List<String> resources() {
        return WITH_IMAGES;
    }

    /** {@return where each image is to go, by where it is now with its host, in order; empty if the plan moves no images} */
    public static Map<String, String> find(Plan plan, ApiServer source, Discovery discovery) {
        Optional<ImageMapping> mapping = ImageMapping.of(plan);
        Map<String, String> found = new TreeMap<>();
        if (mapping.isEmpty()) {
            return found;
        }
        for (NamespaceMapping namespace : plan.namespaces()) {
            for (String image : images(plan, source, discovery, namespace.source())) {
                if (mapping.get().covers(image)) {
                    found.put(ImageMapping.full(image), mapping.get().apply(image));
                }
            }
        }
        return found;
    }

    private static Set<String> images(Plan plan, ApiServer source, Discovery discovery, String namespace) {
        Set<String> images = new TreeSet<>();
        for (String resource : WITH_IMAGES) {
            List<ResourceType> versions = discovery.versions(resource);
            if (!versions.isEmpty()) {
                String collection = versions.get(0).collection(namespace);
                for (ObjectNode object :
                        source.list(collection, plan.labelSelector().orElse(""))) {
                    if (isCarriedOver(object)) {
                        collect(object.path("spec"), images);
                    }
                }
            }
        }
        return images;
    }

    /** {@return the image that a volume holds or a build or image stream comes from} */
    private static Optional<String> named(JsonNode node) {
        String volume = node.path("image").path("reference").asText();
        String from = node.path("kind").asText().equals("DockerImage")
                ? node.path("name").asText()
                : "";
        return Stream.of(volume, from).filter(image -> !image.isEmpty()).findFirst();
    }

    private static boolean isCarriedOver(ObjectNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return false;
            }
        }
        String phase = object.path("status").path("phase").asText();
        boolean isOver =
                object.path("status").has("completionTime") || phase.equals("Succeeded") || phase.equals("Failed");
        return !isOver;
    }

    private static void collect(JsonNode node, Set<String> images) {
        if (node.isObject()) {
            named(node).ifPresent(images::add);
            node.properties().forEach(field -> {
                if (field.getKey().equals(BUILT)) {
                    return;
                }
                if (CONTAINERS.contains(field.getKey())) {
                    field.getValue().forEach(container -> {
                        if (container.hasNonNull("image")) {
                            images.add(container.path("image").asText());
                        }
                    });
                } else {
                    collect(field.getValue(), images);
                }
            });
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, images));
        }
    }
}

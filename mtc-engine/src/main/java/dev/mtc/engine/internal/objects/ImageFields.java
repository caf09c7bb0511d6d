package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where objects refer to images: in every pod spec, in image volumes, and where image streams and builds name images of a
 * registry. What is copied and what is rewritten are both found here, so that neither goes without the other.
 */
final class ImageFields {

    /** Kinds of Kubernetes that are in every namespace, often in great number, and never hold a pod spec. */
    private static final Set<String> WITHOUT = Set.of(
            "configmaps",
            "secrets",
            "services",
            "endpoints",
            "serviceaccounts",
            "persistentvolumeclaims",
            "resourcequotas",
            "limitranges",
            "controllerrevisions.apps",
            "poddisruptionbudgets.policy");

    private static final Set<String> GROUPS_WITHOUT = Set.of(
            "autoscaling",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "networking.k8s.io",
            "rbac.authorization.k8s.io",
            "route.openshift.io");

    private static final List<String> CONTAINERS = List.of("containers", "initContainers", "ephemeralContainers");

    private ImageFields() {}

    /**
     * A field that holds a reference.
     *
     * @param parent what it is in
     * @param name its name
     * @param use what it says
     */
    record Field(ObjectNode parent, String name, Use use) {

        String image() {
            return Json.text(parent, name);
        }

        void image(String other) {
            parent.put(name, other);
        }
    }

    /** What a reference is for. */
    enum Use {
        /** The image is run or built upon, so it must be there. */
        NEEDED,
        /** A build puts its image there, which need not be there yet. */
        BUILT,
        /** A repository, of which an image stream has tags. */
        REPOSITORY
    }

    /** {@return whether objects of a kind are looked into} */
    static boolean mayBeIn(ResourceType type) {
        return type.namespaced() && !WITHOUT.contains(type.resource()) && !GROUPS_WITHOUT.contains(type.group());
    }

    /** {@return the references in an object, without empty ones} */
    static List<Field> in(String resource, ObjectNode object) {
        List<Field> found = new ArrayList<>();
        for (ObjectNode pod : PodSpecs.in(object)) {
            for (String list : CONTAINERS) {
                Json.objects(pod.path(list)).forEach(container -> add(container, "image", Use.NEEDED, found));
            }
            for (ObjectNode volume : Json.objects(pod.path("volumes"))) {
                Json.object(volume, "image").ifPresent(image -> add(image, "reference", Use.NEEDED, found));
            }
        }
        if (resource.equals("imagestreams.image.openshift.io")) {
            Json.object(object, "spec").ifPresent(spec -> add(spec, "dockerImageRepository", Use.REPOSITORY, found));
        }
        if (resource.endsWith(".openshift.io")) {
            Json.walk(object.path("spec"), "spec", (path, node) -> {
                if (Json.text(node, "kind").equals("DockerImage")) {
                    add(node, "name", path.equals("spec.output.to") ? Use.BUILT : Use.NEEDED, found);
                }
            });
        }
        return found;
    }

    private static void add(ObjectNode parent, String name, Use use, List<Field> found) {
        if (!Json.text(parent, name).isEmpty()) {
            found.add(new Field(parent, name, use));
        }
    }
}

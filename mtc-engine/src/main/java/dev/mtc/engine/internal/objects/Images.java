package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes image references in every pod template, and of image streams and builds that name registry images. */
final class Images implements BuiltInTransform {

    private static final List<String> CONTAINERS = List.of("containers", "initContainers", "ephemeralContainers");

    private final UnaryOperator<String> rewrite;

    Images(UnaryOperator<String> rewrite) {
        this.rewrite = rewrite;
    }

    @Override
    public String name() {
        return "images";
    }

    @Override
    public void apply(Draft draft) {
        for (ObjectNode pod : PodSpecs.in(draft.object())) {
            for (String list : CONTAINERS) {
                Json.objects(pod.path(list)).forEach(container -> change(container, "image"));
            }
            for (ObjectNode volume : Json.objects(pod.path("volumes"))) {
                Json.object(volume, "image").ifPresent(image -> change(image, "reference"));
            }
        }
        if (draft.is("imagestreams.image.openshift.io")) {
            change(draft.spec(), "dockerImageRepository");
        }
        if (draft.resource().endsWith(".openshift.io")) {
            Json.walk(draft.object().path("spec"), "spec", (path, node) -> {
                if (Json.text(node, "kind").equals("DockerImage")) {
                    change(node, "name");
                }
            });
        }
    }

    private void change(ObjectNode node, String field) {
        if (node.path(field).isTextual()) {
            node.put(field, rewrite.apply(Json.text(node, field)));
        }
    }
}

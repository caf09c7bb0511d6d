package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Takes from OpenShift's builds, image streams and triggers what the source noted about images it has seen. */
final class Builds implements BuiltInTransform {

    private static final Set<String> KINDS = Set.of(
            "deploymentconfigs.apps.openshift.io",
            "buildconfigs.build.openshift.io",
            "imagestreams.image.openshift.io");

    /** A noted check keeps the target from importing the images. */
    private static final String CHECKED = "openshift.io/image.dockerRepositoryCheck";

    private static final List<String> SEEN = List.of("lastTriggeredImage", "lastTriggeredImageID", "lastTriggerTime");

    private static final List<String> SECRETS = List.of("pullSecret", "pushSecret");

    @Override
    public String name() {
        return "builds";
    }

    /** The source's registry Secrets of the building account are not there; where none is named the target uses its own. */
    private static void dropDockercfg(ObjectNode spec) {
        String account = Json.text(spec, "serviceAccount");
        String made = (account.isEmpty() ? "builder" : account) + "-dockercfg-";
        Json.walk(spec, "", (path, node) -> {
            for (String field : SECRETS) {
                if (Json.text(node, field, "name").startsWith(made)) {
                    node.remove(field);
                }
            }
        });
    }

    @Override
    public void apply(Draft draft) {
        if (!KINDS.contains(draft.resource())) {
            return;
        }
        draft.removeAnnotation(CHECKED);
        if (draft.is("buildconfigs.build.openshift.io")) {
            dropDockercfg(draft.spec());
        }
        for (ObjectNode trigger : Json.objects(draft.spec().path("triggers"))) {
            Json.object(trigger, "imageChangeParams").ifPresent(change -> change.remove(SEEN));
            Json.object(trigger, "imageChange").ifPresent(change -> change.remove(SEEN));
        }
        for (ObjectNode tag : Json.objects(draft.spec().path("tags"))) {
            tag.remove("generation");
            Json.object(tag, "annotations").ifPresent(annotations -> {
                annotations.remove(CHECKED);
                Json.removeIfEmpty(tag, "annotations");
            });
        }
    }
}

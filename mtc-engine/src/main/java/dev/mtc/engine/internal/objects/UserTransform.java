package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Transform;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** One of the plan's own transforms. If it throws, the object stops here and the transform is named. */
final class UserTransform implements BuiltInTransform {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Transform transform;

    UserTransform(Transform transform) {
        this.transform = transform;
    }

    @Override
    public String name() {
        return transform.name();
    }

    @Override
    public void apply(Draft draft) {
        try {
            GenericKubernetesResource object = MAPPER.convertValue(draft.object(), GenericKubernetesResource.class);
            if (transform.isFor(draft.resource(), draft.source().namespace(), object)) {
                apply(object, draft);
            }
        } catch (RuntimeException e) {
            fail(draft, e.toString());
        }
    }

    private void apply(GenericKubernetesResource object, Draft draft) {
        // What reading and writing alone would change, such as empty lists, is not this transform's doing.
        ObjectNode before = MAPPER.valueToTree(object);
        ObjectNode after = MAPPER.valueToTree(transform.apply(object));
        boolean sameKind = Json.text(after, "kind").equals(Json.text(before, "kind"))
                && Json.text(after, "apiVersion").equals(Json.text(before, "apiVersion"));
        if (!sameKind) {
            fail(
                    draft,
                    "it makes " + Json.text(after, "apiVersion") + " " + Json.text(after, "kind") + " of "
                            + Json.text(before, "apiVersion") + " " + Json.text(before, "kind"));
        } else if (!after.equals(before)) {
            draft.replace(after);
        }
    }

    private void fail(Draft draft, String why) {
        draft.fail(
                "TransformFailed",
                "transform '" + transform.name() + "' failed: " + why,
                "correct the transform or exclude the object");
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.Transform;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.stream.Collectors;

/** The plan's own transforms, in their order. One that throws stops the object and is named. */
final class UserTransforms implements BuiltInTransform {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Transform> transforms;

    UserTransforms(List<Transform> transforms) {
        this.transforms = transforms;
    }

    @Override
    public void apply(Draft draft) {
        for (Transform transform : transforms) {
            if (transform.isFor(draft.resource()) && !draft.isFailed()) {
                apply(transform, draft);
            }
        }
    }

    @Override
    public String name() {
        return transforms.stream().map(Transform::name).collect(Collectors.joining(", "));
    }

    private static void apply(Transform transform, Draft draft) {
        try {
            GenericKubernetesResource before = MAPPER.convertValue(draft.object(), GenericKubernetesResource.class);
            draft.replace(MAPPER.valueToTree(transform.apply(before)));
        } catch (RuntimeException e) {
            draft.fail(
                    "TransformFailed",
                    "transform '" + transform.name() + "' failed: " + e,
                    "correct the transform or exclude the object");
        }
    }
}

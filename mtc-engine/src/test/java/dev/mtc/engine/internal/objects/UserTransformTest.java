package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Transform;
import dev.mtc.api.Transforms;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserTransformTest {

    private static final Transform COLOUR = Transform.of("colour", object -> {
        object.getMetadata().setLabels(Map.of("colour", "red"));
        return object;
    });

    private static final Transform BOOM = Transform.of("boom", object -> {
        throw new IllegalStateException("no");
    });

    private static TransformCase secret(Transform transform) {
        return TransformCase.of(
                new UserTransform(transform),
                "secrets",
                """
apiVersion: v1
kind: Secret
metadata: {name: s, labels: {app: web}}
data: {}
""");
    }

    @Test
    void apply_transform_changesObject() {
        TransformCase.of(
                        new UserTransform(COLOUR),
                        "widgets.example.com",
                        """
apiVersion: example.com/v1
kind: Widget
metadata: {name: w}
spec: {size: 1}
""")
                .becomes(
                        """
apiVersion: example.com/v1
kind: Widget
metadata: {name: w, labels: {colour: red}}
spec: {size: 1}
""");
    }

    @Test
    void apply_throwingTransform_namesItAndObject() {
        Draft draft = secret(BOOM).warns("TransformFailed").draft();

        assertThat(draft.problems().get(0).toString()).contains("secrets shop/s", "'boom'", "no");
        assertThat(draft.isFailed()).isTrue();
    }

    @Test
    void apply_transformOfOthers_isNotAsked() {
        secret(BOOM.onlyFor("configmaps")).warnsNothing();
        secret(BOOM.inNamespace("billing")).warnsNothing();
        secret(BOOM.named("t*")).warnsNothing();
        secret(BOOM.labeled("app!=web")).warnsNothing();
        secret(BOOM.onlyFor("secrets").inNamespace("shop").named("?").labeled("app"))
                .warns("TransformFailed");
    }

    @Test
    void apply_transformThatMakesAnotherKind_isRefused() {
        secret(Transforms.mergePatch("{kind: ConfigMap}")).warns("TransformFailed");
    }

    @Test
    void through_transformsThatChangeNothing_areNotNamed() {
        Draft draft = secret(COLOUR).draft();
        draft.through(new UserTransform(Transform.of("nothing", object -> object)));
        draft.through(new UserTransform(Transforms.mergePatch("{metadata: {labels: {app: api}}}")));
        draft.through(new Services());

        assertThat(draft.transforms()).containsExactly("colour", "merge patch of metadata.labels.app");
    }
}

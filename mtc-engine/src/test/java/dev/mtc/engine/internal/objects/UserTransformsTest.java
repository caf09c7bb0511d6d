package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Transform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserTransformsTest {

    @Test
    void apply_transform_changesObject() {
        TransformCase.of(
                        new UserTransforms(List.of(
                                Transform.of("colour", o -> {
                                    o.getMetadata().setLabels(Map.of("colour", "red"));
                                    return o;
                                }),
                                Transform.of("boom", o -> {
                                            throw new IllegalStateException("no");
                                        })
                                        .onlyFor("secrets"))),
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
        Draft draft = TransformCase.of(
                        new UserTransforms(List.of(
                                Transform.of("colour", o -> {
                                    o.getMetadata().setLabels(Map.of("colour", "red"));
                                    return o;
                                }),
                                Transform.of("boom", o -> {
                                            throw new IllegalStateException("no");
                                        })
                                        .onlyFor("secrets"))),
                        "secrets",
                        """
apiVersion: v1
kind: Secret
metadata: {name: s}
""")
                .warns("TransformFailed")
                .draft();
        assertThat(draft.problems().get(0).toString()).contains("secrets shop/s", "'boom'", "no");
        assertThat(draft.isFailed()).isTrue();
    }
}

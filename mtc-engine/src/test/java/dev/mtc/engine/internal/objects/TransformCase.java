package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Clusters;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ResourceType;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Set;
import java.util.function.Consumer;

/** An object of namespace shop before and after one transform. */
final class TransformCase {

    private final Draft draft;

    private TransformCase(Draft draft) {
        this.draft = draft;
    }

    /** Applies a transform to an object in YAML. */
    static TransformCase of(BuiltInTransform transform, String resource, String yaml) {
        return of(transform, resource, type(resource, "v1", ""), Yaml.object(yaml));
    }

    /** Applies a transform to an object that the target takes in some kind and version. */
    static TransformCase of(BuiltInTransform transform, String resource, ResourceType type, ObjectNode object) {
        String name = object.path("metadata").path("name").asText("web");
        TransformCase made = new TransformCase(new Draft(new ObjectKey(resource, "shop", name), type, object));
        made.draft.through(transform);
        return made;
    }

    static ResourceType type(String resource, String version, String kind) {
        int dot = resource.indexOf('.');
        return new ResourceType(
                dot < 0 ? "" : resource.substring(dot + 1),
                version,
                dot < 0 ? resource : resource.substring(0, dot),
                kind,
                true,
                Set.of());
    }

    static RestoreSettings settings(Consumer<PlanBuilder> more) {
        var client = new KubernetesClientBuilder().build();
        PlanBuilder plan = Plan.named("shop")
                .from(Clusters.of("old", client))
                .to(Clusters.of("new", client))
                .namespace("shop", "shop-eu")
                .namespace("billing");
        more.accept(plan);
        client.close();
        return RestoreSettings.of(plan.build(), "plan-uid", "migration-uid");
    }

    static RestoreSettings settings() {
        return settings(plan -> {});
    }

    void becomes(String yaml) {
        assertThat(draft.skipReason()).isEmpty();
        assertThat(draft.object()).isEqualTo(Yaml.object(yaml));
    }

    void isSkipped(String reason) {
        assertThat(draft.skipReason())
                .hasValueSatisfying(text -> assertThat(text).contains(reason));
    }

    void isKept() {
        assertThat(draft.skipReason()).isEmpty();
    }

    TransformCase advises(String code) {
        assertThat(draft.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.severity()).isEqualTo(Problem.Severity.ADVISORY);
        });
        return this;
    }

    TransformCase warns(String code) {
        assertThat(draft.problems()).extracting(Problem::code).containsExactly(code);
        return this;
    }

    TransformCase warnsNothing() {
        assertThat(draft.problems()).isEmpty();
        return this;
    }

    Draft draft() {
        return draft;
    }
}

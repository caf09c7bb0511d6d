package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Problem;
import dev.mtc.api.Transform;
import dev.mtc.api.Transforms;
import org.junit.jupiter.api.Test;

class UnresolvedReferencesTest {

    @Test
    void apply_textNamingRenamedNamespace_warnsAndKeeps() {
        TransformCase.of(
                        new UnresolvedReferences(TransformCase.settings(), Surroundings.none()),
                        "configmaps",
                        """
data: {url: "http://web.shop.svc.cluster.local/"}
""")
                .warns("UnresolvedReference")
                .becomes("""
data: {url: "http://web.shop.svc.cluster.local/"}
""");
    }

    @Test
    void apply_secretNamingRenamedNamespace_warns() {
        TransformCase.of(
                        new UnresolvedReferences(TransformCase.settings(), Surroundings.none()),
                        "secrets",
                        """
data: {url: cG9zdGdyZXM6Ly9kYi5zaG9wLnN2Yy8=}
""")
                .warns("UnresolvedReference");
    }

    @Test
    void apply_otherNames_areSilent() {
        TransformCase.of(
                        new UnresolvedReferences(TransformCase.settings(), Surroundings.none()),
                        "configmaps",
                        """
data: {a: web.billing.svc, b: web.workshop.svc, c: web.shop.svcs, d: shop}
""")
                .warnsNothing();
    }

    private static final String APPLICATION =
            """
            spec:
              destination: {server: x, namespace: shop}
              targetNamespace: shop
              ref: {name: web, namespace: shop}
              other: {namespace: billing}
              selector: {namespace: shop}
            """;

    private static Draft named(Transform correction) {
        RestoreSettings settings = TransformCase.settings();
        Draft draft = TransformCase.of(new NamespaceNames(settings), "applications.example.com", APPLICATION)
                .draft();
        draft.through(new UserTransform(correction));
        draft.through(new UnresolvedReferences(settings, Surroundings.none()));
        return draft;
    }

    @Test
    void apply_loneFieldsThatNameTheNamespace_areReported() {
        assertThat(named(Transform.of("nothing", object -> object)).problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "spec.destination.namespace names namespace shop, which would be shop-eu on the target",
                        "spec.targetNamespace names namespace shop, which would be shop-eu on the target");
    }

    @Test
    void apply_loneFieldThatATransformCorrected_isSilent() {
        Transform correction =
                Transforms.mergePatch("{spec: {destination: {namespace: shop-eu}, targetNamespace: shop-eu}}");

        assertThat(named(correction).problems()).isEmpty();
    }
}

package dev.mtc.engine.internal.objects;

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
}

package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class RoutesTest {

    @Test
    void apply_generatedHost_isCleared() {
        TransformCase.of(
                        new Routes(),
                        "routes.route.openshift.io",
                        """
metadata: {name: web, annotations: {openshift.io/host.generated: "true"}}
spec: {host: web-shop.apps.old, to: {name: web}}
""")
                .becomes("""
metadata: {name: web}
spec: {to: {name: web}}
""");
    }

    @Test
    void apply_chosenHost_isKept() {
        TransformCase.of(
                        new Routes(),
                        "routes.route.openshift.io",
                        """
metadata: {name: web}
spec: {host: shop.example.com}
""")
                .becomes("""
metadata: {name: web}
spec: {host: shop.example.com}
""");
    }
}

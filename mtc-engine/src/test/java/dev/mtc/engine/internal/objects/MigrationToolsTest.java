package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class MigrationToolsTest {

    private static TransformCase labelled(String labels) {
        return TransformCase.of(new MigrationTools(), "configmaps", "metadata: {labels: {" + labels + "}}\n");
    }

    @Test
    void apply_hookMoverOrRole_isSkipped() {
        String partOf = "app.kubernetes.io/part-of: openshift-migration, app.kubernetes.io/component: ";
        labelled(partOf + "hook").isSkipped("only serves a migration");
        labelled(partOf + "mover").isSkipped("only serves a migration");
        labelled(partOf + "access").isSkipped("only serves a migration");
    }

    @Test
    void apply_applicationsOwnComponent_isKept() {
        labelled("app.kubernetes.io/part-of: shop, app.kubernetes.io/component: hook")
                .isKept();
        labelled("app.kubernetes.io/part-of: openshift-migration").isKept();
    }
}

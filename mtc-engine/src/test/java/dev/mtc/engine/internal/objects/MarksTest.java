package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class MarksTest {

    @Test
    void apply_object_getsLabels() {
        TransformCase.of(
                        new Marks(TransformCase.settings()),
                        "configmaps",
                        """
metadata: {name: c, labels: {app: web}}
""")
                .becomes(
                        """
metadata: {name: c, labels: {app: web, migration.openshift.io/migrated-by-migplan: plan-uid, migration.openshift.io/migrated-by-migmigration: migration-uid}}
""");
    }

    @Test
    void apply_defaultServiceAccount_losesEarlierMarks() {
        TransformCase.of(
                        new Marks(TransformCase.settings()),
                        "serviceaccounts",
                        """
metadata: {name: default, labels: {migration.openshift.io/migrated-by-migplan: other}}
""")
                .becomes("""
metadata: {name: default}
""");
    }
}

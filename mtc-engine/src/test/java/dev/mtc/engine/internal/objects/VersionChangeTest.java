package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class VersionChangeTest {

    @Test
    void apply_otherVersion_isWritten() {
        TransformCase.of(new VersionChange(), "cronjobs.batch", """
apiVersion: batch/v1beta1
kind: CronJob
""")
                .warnsNothing()
                .becomes("""
apiVersion: batch/v1
kind: CronJob
""");
    }

    @Test
    void apply_budgetWithoutSelector_warns() {
        TransformCase.of(
                        new VersionChange(),
                        "poddisruptionbudgets.policy",
                        """
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
spec: {selector: {}}
""")
                .warns("SelectorMeansAll")
                .becomes("""
apiVersion: policy/v1
kind: PodDisruptionBudget
spec: {selector: {}}
""");
    }
}

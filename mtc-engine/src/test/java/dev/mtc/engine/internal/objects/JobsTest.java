package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class JobsTest {

    @Test
    void apply_generatedSelector_isRemoved() {
        TransformCase.of(
                        new Jobs(),
                        "jobs.batch",
                        """
metadata: {name: j, labels: {controller-uid: u, job-name: j, app: web}}
spec:
  selector: {matchLabels: {controller-uid: u}}
  template: {metadata: {labels: {controller-uid: u, job-name: j, batch.kubernetes.io/controller-uid: u, batch.kubernetes.io/job-name: j}}}
""")
                .becomes("""
metadata: {name: j, labels: {app: web}}
spec:
  template: {metadata: {}}
""");
    }

    @Test
    void apply_manualSelector_isKept() {
        TransformCase.of(
                        new Jobs(),
                        "jobs.batch",
                        """
metadata: {name: j}
spec: {manualSelector: true, selector: {matchLabels: {app: web}}}
""")
                .becomes("""
metadata: {name: j}
spec: {manualSelector: true, selector: {matchLabels: {app: web}}}
""");
    }
}

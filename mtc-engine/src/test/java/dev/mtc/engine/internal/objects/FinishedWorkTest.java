package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class FinishedWorkTest {

    @Test
    void apply_completeJob_isSkipped() {
        TransformCase.of(
                        new FinishedWork(),
                        "jobs.batch",
                        """
status: {conditions: [{type: Complete, status: "True"}]}
""")
                .isSkipped("Complete");
    }

    @Test
    void apply_failedJob_isSkipped() {
        TransformCase.of(
                        new FinishedWork(),
                        "jobs.batch",
                        """
status: {conditions: [{type: Failed, status: "True"}]}
""")
                .isSkipped("Failed");
    }

    @Test
    void apply_suspendedJob_isKept() {
        TransformCase.of(
                        new FinishedWork(),
                        "jobs.batch",
                        """
status: {conditions: [{type: Suspended, status: "True"}, {type: Failed, status: "False"}]}
""")
                .isKept();
    }

    @Test
    void apply_succeededPod_isSkipped() {
        TransformCase.of(new FinishedWork(), "pods", """
status: {phase: Succeeded}
""")
                .isSkipped("run again");
    }

    @Test
    void apply_runningPod_isKept() {
        TransformCase.of(new FinishedWork(), "pods", """
status: {phase: Running}
""")
                .isKept();
    }

    @Test
    void apply_otherKindWithPhase_isKept() {
        TransformCase.of(new FinishedWork(), "databases.example.com", """
status: {phase: Failed}
""")
                .isKept();
    }
}

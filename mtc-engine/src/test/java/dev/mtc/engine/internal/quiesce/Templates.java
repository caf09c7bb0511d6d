package dev.mtc.engine.internal.quiesce;

/** Parts of workloads. */
final class Templates {

    static final String POD =
            """
            {"metadata": {"labels": {"app": "x"}},
             "spec": {"containers": [{"name": "x", "image": "docker.example/x:1"}]}}""";
    static final String JOB = POD.replace("\"spec\": {", "\"spec\": {\"restartPolicy\": \"Never\", ");
    static final String SELECTOR = "\"selector\": {\"matchLabels\": {\"app\": \"x\"}}";

    private Templates() {}
}

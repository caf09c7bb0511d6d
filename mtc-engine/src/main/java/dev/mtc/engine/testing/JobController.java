package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Jobs: pods until enough of them have succeeded, and none too many. */
final class JobController implements Workloads.Reconciler {

    private final Workloads workloads;

    JobController(Workloads workloads) {
        this.workloads = workloads;
    }

    @Override
    public void reconcile(ResourceType type, ObjectNode job) {
        if (job.path("status").has("completionTime")) {
            return;
        }
        int completions = Trees.number(job, 1, "spec", "completions");
        int parallelism = Trees.number(job, 1, "spec", "parallelism");
        boolean suspended = Trees.at(job, "spec", "suspend").asBoolean();
        int succeeded = succeeded(job);
        List<ObjectNode> active = workloads.livePods(job);
        int wanted = suspended ? 0 : Math.max(0, Math.min(parallelism, completions - succeeded));
        active.stream().skip(wanted).forEach(pod -> workloads.delete(workloads.type("", "pods"), pod));
        for (int i = active.size(); i < wanted; i++) {
            ObjectNode pod = workloads.podOf(type, job);
            Trees.meta(pod).put("generateName", Trees.name(job) + "-");
            workloads.create(pod, workloads.type("", "pods"));
        }
        report(type, job, completions);
    }

    private int succeeded(ObjectNode job) {
        return (int) workloads.owned(job, Workloads.PODS).stream()
                .filter(pod -> Trees.text(pod, "status", "phase").equals("Succeeded"))
                .count();
    }

    private void report(ResourceType type, ObjectNode job, int completions) {
        int succeeded = succeeded(job);
        List<ObjectNode> active = workloads.livePods(job);
        Map<String, Integer> counts = Map.of("active", active.size(), "succeeded", succeeded);
        workloads.status(type, job, counts, status -> {
            // Jobs do not say which generation they have seen.
            status.remove("observedGeneration");
            Trees.preset(status, "startTime", Trees.now());
            if (succeeded >= completions) {
                Workloads.condition(status, "Complete", true, "");
                status.put("completionTime", Trees.now());
            }
        });
    }
}

package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs: pods until enough of them have succeeded or too many failed, and none too many. A failed pod is followed at once. */
final class JobController implements Workloads.Reconciler {

    private final Workloads workloads;

    JobController(Workloads workloads) {
        this.workloads = workloads;
    }

    @Override
    public void reconcile(ResourceType type, ObjectNode job) {
        if (hasEnded(job)) {
            return;
        }
        int completions = Trees.number(job, 1, "spec", "completions");
        int parallelism = Trees.number(job, 1, "spec", "parallelism");
        boolean suspended = Trees.at(job, "spec", "suspend").asBoolean();
        String failure = failure(type, job);
        int missing = Math.min(parallelism, completions - count(job, "Succeeded"));
        int wanted = suspended || !failure.isEmpty() ? 0 : Math.max(0, missing);
        List<ObjectNode> active = workloads.livePods(job);
        active.stream().skip(wanted).forEach(pod -> workloads.delete(workloads.type("", "pods"), pod));
        for (int i = active.size(); i < wanted; i++) {
            makePod(type, job);
        }
        report(type, job, completions, failure);
    }

    private static boolean hasEnded(ObjectNode job) {
        return Trees.items(Trees.at(job, "status", "conditions")).stream()
                .anyMatch(c -> Trees.text(c, "status").equals("True"));
    }

    private void makePod(ResourceType type, ObjectNode job) {
        ObjectNode pod = workloads.podOf(type, job);
        Trees.meta(pod).put("generateName", Trees.name(job) + "-");
        try {
            workloads.create(pod, workloads.type("", "pods"));
        } catch (ApiError e) {
            ObjectNode event = Trees.object("apiVersion", "v1", "kind", "Event");
            Trees.meta(event).put("namespace", Trees.namespace(job)).put("generateName", Trees.name(job) + ".");
            event.put("type", "Warning")
                    .put("reason", "FailedCreate")
                    .put("message", "Error creating: " + e.getMessage());
            event.putObject("involvedObject")
                    .put("kind", "Job")
                    .put("namespace", Trees.namespace(job))
                    .put("name", Trees.name(job))
                    .put("uid", Trees.uid(job));
            workloads.create(event, workloads.type("", "events"));
        }
    }

    /** {@return why a Job has failed, or nothing} */
    private String failure(ResourceType type, ObjectNode job) {
        if (count(job, "Failed") > Trees.number(job, 6, "spec", "backoffLimit")) {
            return "BackoffLimitExceeded";
        }
        int seconds = Trees.number(job, 0, "spec", "activeDeadlineSeconds");
        String started = Trees.text(job, "status", "startTime");
        if (seconds == 0 || started.isEmpty()) {
            return "";
        }
        Duration left = Duration.between(Instant.now(), Instant.parse(started).plusSeconds(seconds));
        if (left.isNegative()) {
            return "DeadlineExceeded";
        }
        workloads.lookLater(type, job, left);
        return "";
    }

    private int count(ObjectNode job, String phase) {
        return (int) workloads.owned(job, Workloads.PODS).stream()
                .filter(pod -> Trees.text(pod, "status", "phase").equals(phase))
                .count();
    }

    private void report(ResourceType type, ObjectNode job, int completions, String failure) {
        int succeeded = count(job, "Succeeded");
        List<ObjectNode> active = workloads.livePods(job);
        Map<String, Integer> counts =
                Map.of("active", active.size(), "succeeded", succeeded, "failed", count(job, "Failed"));
        workloads.status(type, job, counts, status -> {
            // Jobs do not say which generation they have seen.
            status.remove("observedGeneration");
            Trees.preset(status, "startTime", Trees.now());
            if (!failure.isEmpty()) {
                Workloads.condition(status, "Failed", true, failure);
            } else if (succeeded >= completions) {
                Workloads.condition(status, "Complete", true, "");
                status.put("completionTime", Trees.now());
            }
        });
    }
}

package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Plays scheduler and node: pods get placed, run, end as the rules say if they are a job's, and when they are deleted. */
final class Kubelet implements Consumer<Change> {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final Writes.Options SELF = Writes.Options.by("kubelet");
    private static final Deletes.Options NOW = new Deletes.Options("", 0, "", "", false);

    private final Store store;
    private final Writes writes;
    private final Deletes deletes;
    private final ControlLoop loop;
    private final Binder binder;
    private final ImageRules images;
    private final JobRules jobs;
    private final ResourceType pods;
    private final Set<ObjectKey> ticking = ConcurrentHashMap.newKeySet();
    private int lastAddress;

    Kubelet(
            Store store,
            Catalog catalog,
            Writes writes,
            Deletes deletes,
            ControlLoop loop,
            Binder binder,
            Controllers.Rules rules) {
        this.store = store;
        this.writes = writes;
        this.deletes = deletes;
        this.loop = loop;
        this.binder = binder;
        this.images = rules.images();
        this.jobs = rules.jobs();
        this.pods = catalog.builtIn("", "pods");
    }

    @Override
    public void accept(Change change) {
        if (change.isOf(pods.storage()) && change.type() != Change.Type.DELETED && isUnderWay(change.object())) {
            tick(change.key());
        } else if (change.isOf(Binder.CLAIMS)) {
            lookAgain(change.key().namespace());
        }
    }

    /** Looks at the pods of a namespace again that wait or are a job's, or at all if that is empty. */
    void lookAgain(String namespace) {
        for (ObjectNode pod : new ArrayList<>(store.view(pods.storage(), namespace))) {
            if (isWaiting(pod) || isJobs(pod)) {
                tick(ObjectKey.of(pod));
            }
        }
    }

    private boolean isUnderWay(ObjectNode pod) {
        return Trees.isDeleting(pod)
                || isJobs(pod)
                || Trees.text(pod, "spec", "nodeName").isEmpty();
    }

    private static boolean isWaiting(ObjectNode pod) {
        return Trees.text(pod, "status", "phase").equals("Pending");
    }

    private void tick(ObjectKey key) {
        if (ticking.add(key)) {
            loop.later(TICK, () -> {
                ticking.remove(key);
                ObjectNode pod = store.find(pods.storage(), key);
                if (pod != null) {
                    advance(key, pod);
                }
            });
        }
    }

    private void advance(ObjectKey key, ObjectNode pod) {
        if (Trees.isDeleting(pod)) {
            end(key, pod);
        } else if (isWaiting(pod)) {
            run(key, pod);
        } else if (isJobs(pod) && Trees.text(pod, "status", "phase").equals("Running")) {
            work(key, pod);
        }
    }

    private void end(ObjectKey key, ObjectNode pod) {
        if (Trees.number(pod, 0, "metadata", "deletionGracePeriodSeconds") > 0) {
            deletes.delete(pods, key, NOW);
        }
    }

    private static boolean isJobs(ObjectNode pod) {
        return Trees.text(OwnerIndex.controller(pod), "kind").equals("Job") && !Workloads.hasEnded(pod);
    }

    private void run(ObjectKey key, ObjectNode pod) {
        String obstacle = binder.obstacle(pod);
        if (!obstacle.isEmpty()) {
            writes.change(pods, key, SELF.toStatus(), t -> {
                ObjectNode status = Trees.in(t, "status");
                Workloads.condition(status, "PodScheduled", false, "Unschedulable");
                Trees.objects(status.path("conditions")).forEach(c -> c.put("message", obstacle));
            });
            return;
        }
        if (Trees.text(pod, "spec", "nodeName").isEmpty()) {
            writes.change(pods, key, SELF, t -> Trees.in(t, "spec").put("nodeName", Furnishing.NODE));
        }
        boolean pulled = containers(pod).stream().allMatch(images::allow);
        writes.change(pods, key, SELF.toStatus(), t -> {
            ObjectNode status = Trees.in(t, "status");
            status.remove("conditions");
            status.put("phase", pulled ? "Running" : "Pending").put("hostIP", "127.0.0.1");
            Trees.preset(status, "startTime", Trees.now());
            Trees.preset(status, "podIP", address());
            if (!status.has("podIPs")) {
                status.putArray("podIPs").addObject().put("ip", Trees.text(status, "podIP"));
            }
            for (String type : List.of("Initialized", "Ready", "ContainersReady", "PodScheduled")) {
                boolean holds = pulled || type.equals("Initialized") || type.equals("PodScheduled");
                Workloads.condition(status, type, holds, holds ? "" : "ContainersNotReady");
            }
            report(t, status);
        });
    }

    private void report(ObjectNode pod, ObjectNode status) {
        ArrayNode containers = status.putArray("containerStatuses");
        for (JsonNode container : Trees.at(pod, "spec", "containers")) {
            boolean pulled = images.allow(container);
            ObjectNode one = containers
                    .addObject()
                    .put("name", Trees.text(container, "name"))
                    .put("image", Trees.text(container, "image"))
                    .put("imageID", pulled ? Trees.text(container, "image") + "@sha256:" + "0".repeat(64) : "")
                    .put("ready", pulled)
                    .put("started", pulled)
                    .put("restartCount", 0);
            one.putObject("lastState");
            if (pulled) {
                Trees.in(one, "state", "running").put("startedAt", Trees.now());
            } else {
                Trees.in(one, "state", "waiting")
                        .put("reason", "ImagePullBackOff")
                        .put("message", "Back-off pulling image \"" + Trees.text(container, "image") + "\"");
            }
        }
    }

    private void work(ObjectKey key, ObjectNode pod) {
        if (!jobs.runsOn(pod)) {
            int code = jobs.exitCode(pod);
            finish(key, code == 0 ? "Succeeded" : "Failed", code, "");
            return;
        }
        int seconds = Trees.number(pod, 0, "spec", "activeDeadlineSeconds");
        if (seconds > 0) {
            Instant deadline =
                    Instant.parse(Trees.text(pod, "status", "startTime")).plusSeconds(seconds);
            Duration left = Duration.between(Instant.now(), deadline);
            if (left.isNegative()) {
                finish(key, "Failed", 137, "DeadlineExceeded");
            } else {
                loop.muchLater(left.plusMillis(1), () -> tick(key));
            }
        }
    }

    private void finish(ObjectKey key, String phase, int exitCode, String reason) {
        writes.change(pods, key, SELF.toStatus(), t -> {
            ObjectNode status = Trees.in(t, "status").put("phase", phase);
            if (!reason.isEmpty()) {
                status.put("reason", reason);
            }
            Workloads.condition(status, "Ready", false, "PodCompleted");
            Workloads.condition(status, "ContainersReady", false, "PodCompleted");
            for (ObjectNode container : Trees.objects(status.path("containerStatuses"))) {
                container.put("ready", false).put("started", false);
                container
                        .putObject("state")
                        .putObject("terminated")
                        .put("exitCode", exitCode)
                        .put("reason", exitCode == 0 ? "Completed" : "Error")
                        .put("finishedAt", Trees.now());
            }
        });
    }

    private String address() {
        lastAddress = lastAddress % 65_000 + 2;
        return "10.244." + lastAddress / 256 + "." + lastAddress % 256;
    }

    private static List<JsonNode> containers(ObjectNode pod) {
        List<JsonNode> all = new ArrayList<>(Trees.items(Trees.at(pod, "spec", "initContainers")));
        all.addAll(Trees.items(Trees.at(pod, "spec", "containers")));
        return all;
    }
}

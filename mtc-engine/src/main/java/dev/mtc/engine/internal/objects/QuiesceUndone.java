package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Gives objects that were captured while the source was quiesced what they had before, as their annotations say. */
final class QuiesceUndone implements BuiltInTransform {

    private static final String PREFIX = "migration.openshift.io/";

    @Override
    public String name() {
        return "quiesce undone";
    }

    @Override
    public void apply(Draft draft) {
        restoreReplicas(draft);
        restoreClaimRetention(draft);
        restoreFlag(draft, "preQuiescePaused", "paused");
        restoreFlag(draft, "preQuiesceSuspend", "suspend");
        warnAboutSuspended(draft);
        restoreNodeSelector(draft);
        String runStrategy = draft.annotation(PREFIX + "vm-run-strategy");
        if (!runStrategy.isEmpty()) {
            draft.spec().put("runStrategy", runStrategy);
        }
        Json.object(draft.object(), "metadata", "annotations").ifPresent(annotations -> {
            annotations.remove(annotations.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(key -> key.startsWith(PREFIX))
                    .toList());
            Json.removeIfEmpty(draft.metadata(), "annotations");
        });
    }

    private static void restoreReplicas(Draft draft) {
        String replicas = draft.annotation(PREFIX + "preQuiesceReplicas");
        String field = draft.is("jobs.batch") ? "parallelism" : "replicas";
        if (replicas.matches("[0-9]{1,9}")) {
            boolean stillDown = draft.spec().path(field).asInt() == 0;
            if (stillDown) {
                draft.spec().put(field, Integer.parseInt(replicas));
            }
        } else if (!replicas.isEmpty()) {
            unreadable(draft, "preQuiesceReplicas");
        }
    }

    /** A set that was to delete the claims that it has no pods for keeps them while it is stopped. */
    private static void restoreClaimRetention(Draft draft) {
        if (draft.annotation(PREFIX + "preQuiesceClaimRetention").equals("Delete")) {
            draft.spec()
                    .withObjectProperty("persistentVolumeClaimRetentionPolicy")
                    .put("whenScaled", "Delete");
        }
    }

    private static void restoreFlag(Draft draft, String annotation, String field) {
        String value = draft.annotation(PREFIX + annotation);
        if (value.equals("true") || value.equals("false")) {
            draft.spec().put(field, value.equals("true"));
        } else if (!value.isEmpty()) {
            unreadable(draft, annotation);
        }
    }

    /** MTC itself writes true on every CronJob, whether it was suspended or not. */
    private static void warnAboutSuspended(Draft draft) {
        if (draft.annotation(PREFIX + "preQuiesceSuspend").equals("true")) {
            draft.warn(
                    "QuiesceNotUndone",
                    "its annotation " + PREFIX + "preQuiesceSuspend does not tell whether it was suspended before, "
                            + "so it stays suspended on the target",
                    "resume it on the target if it ran before the migration");
        }
    }

    private static void restoreNodeSelector(Draft draft) {
        String value = draft.annotation(PREFIX + "preQuiesceNodeSelector");
        if (value.isEmpty()) {
            return;
        }
        Json.object(draft.object(), "spec", "template", "spec").ifPresent(pod -> {
            try {
                ObjectNode selector =
                        value.equals("null") ? Json.newObject() : Json.read(value.getBytes(StandardCharsets.UTF_8));
                pod.set("nodeSelector", selector);
                Json.removeIfEmpty(pod, "nodeSelector");
            } catch (IOException e) {
                unreadable(draft, "preQuiesceNodeSelector");
            }
        });
    }

    private static void unreadable(Draft draft, String annotation) {
        draft.warn(
                "QuiesceNotUndone",
                "its annotation " + PREFIX + annotation + " cannot be read, so it stays quiesced on the target",
                "correct the annotation on the source or scale the workload on the target");
    }
}

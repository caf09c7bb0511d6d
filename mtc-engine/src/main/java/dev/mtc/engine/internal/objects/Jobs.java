package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Removes the selector and labels that a server generated for a Job; the next server generates its own. */
public final class Jobs implements BuiltInTransform {

    private static final List<String> GENERATED =
            List.of("controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name");

    Jobs() {}

    /** Removes them from a Job that is to be made anew. */
    public static void forgetGenerated(ObjectNode job) {
        if (job.path("spec").path("manualSelector").asBoolean()) {
            return;
        }
        Json.object(job, "spec").ifPresent(spec -> spec.remove("selector"));
        Json.object(job, "metadata", "labels").ifPresent(labels -> labels.remove(GENERATED));
        Json.object(job, "spec", "template", "metadata", "labels").ifPresent(labels -> labels.remove(GENERATED));
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public void apply(Draft draft) {
        if (!draft.is("jobs.batch")
                || draft.object().path("spec").path("manualSelector").asBoolean()) {
            return;
        }
        draft.spec().remove("selector");
        GENERATED.forEach(draft::removeLabel);
        Json.object(draft.object(), "spec", "template", "metadata").ifPresent(template -> {
            if (template.get("labels") instanceof ObjectNode labels) {
                labels.remove(GENERATED);
                Json.removeIfEmpty(template, "labels");
            }
        });
    }
}

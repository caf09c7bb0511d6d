package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Removes the selector and labels that the source generated for a Job; the target generates its own. */
final class Jobs implements BuiltInTransform {

    private static final List<String> GENERATED =
            List.of("controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name");

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

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Leaves out Jobs and Pods that have ended, as they would run again. */
final class FinishedWork implements BuiltInTransform {

    @Override
    public String name() {
        return "finished work";
    }

    @Override
    public void apply(Draft draft) {
        if (draft.is("jobs.batch")) {
            Json.objects(draft.object().path("status").path("conditions")).stream()
                    .filter(FinishedWork::isTrue)
                    .map(condition -> Json.text(condition, "type"))
                    .filter(type -> type.equals("Complete") || type.equals("Failed"))
                    .findFirst()
                    .ifPresent(type -> draft.skip("it has ended (" + type + ") and would run again"));
        } else if (draft.is("pods")) {
            String phase = Json.text(draft.object(), "status", "phase");
            if (phase.equals("Succeeded") || phase.equals("Failed")) {
                draft.skip("it has ended (" + phase + ") and would run again");
            }
        }
    }

    private static boolean isTrue(ObjectNode condition) {
        return Json.text(condition, "status").equals("True");
    }
}

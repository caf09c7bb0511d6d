package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the change that takes a stop back. The annotations go in any case; what they say is written only where the
 * workload is still as it was stopped, so that what someone set since then stays. An autoscaled workload gets what it had
 * all the same: nobody but its autoscaler set it, and that goes on from there.
 */
final class Starting {

    private final Found found;
    private final ObjectNode patch;
    private final List<Change.Doubt> doubts = new ArrayList<>();

    Starting(Found found) {
        this.found = found;
        this.patch = found.patch();
    }

    Change change() {
        if (found.isMarked()) {
            scale();
        }
        boolean pauseComesLater = found.isMarked() && found.workload().scalesOnlyUnpaused();
        if (!pauseComesLater && found.annotation(Workload.PAUSED).isTextual()) {
            pause();
        }
        return new Change(found, patch, doubts);
    }

    private void scale() {
        Workload workload = found.workload();
        String kept = found.annotation(workload.annotation()).asText();
        Found.annotate(patch).putNull(workload.annotation());
        ClaimRetention.start(found, patch);
        boolean isUntouched = workload.isStopped(found.object()) || found.isAutoscaled();
        if (isUntouched) {
            workload.restore(found.object(), kept, patch);
        }
        if (!workload.isReadable(kept)) {
            doubt(workload.annotation(), "cannot be read, so it stays as it is", "start it by hand");
        } else if (isUntouched && !workload.doubt(kept).isEmpty()) {
            doubt(workload.annotation(), workload.doubt(kept), "start it by hand if it ran before the migration");
        }
    }

    private void pause() {
        JsonNode paused = found.annotation(Workload.PAUSED);
        Found.annotate(patch).putNull(Workload.PAUSED);
        if (paused.asText().equals("true")) {
            patch.withObjectProperty("spec").put("paused", true);
        } else if (!paused.asText().equals("false")) {
            doubt(Workload.PAUSED, "cannot be read, so it is not paused", "pause it by hand if it was paused");
        }
    }

    private void doubt(String annotation, String why, String fix) {
        doubts.add(new Change.Doubt(annotation, found.annotation(annotation).asText(), why, fix));
    }
}

package dev.mtc.engine.internal.run;

import dev.mtc.api.Ended;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Phase;
import dev.mtc.api.PhaseCompleted;
import dev.mtc.api.PhaseStarted;
import dev.mtc.api.PhaseTime;
import dev.mtc.api.PhaseWaiting;
import dev.mtc.api.Problem;
import dev.mtc.api.Progress;
import dev.mtc.api.TransferProgressed;
import dev.mtc.api.Warned;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import dev.mtc.engine.internal.itinerary.Itineraries;
import dev.mtc.engine.internal.itinerary.Itinerary;
import dev.mtc.engine.internal.itinerary.Leg;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns what the driver does into events and the snapshot that callers poll. Called by the driver's thread only. */
final class RunWatch {

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);

    private final String runId;
    private final Clock clock;
    private final EventDispatcher events;
    private final TransferBoard board;
    private final Map<String, Instant> lastProgress = new HashMap<>();
    private final Timeline timeline = new Timeline();
    private String lastReason = "";
    private volatile Progress progress;

    RunWatch(String runId, Clock clock, EventDispatcher events, TransferBoard board) {
        this.runId = runId;
        this.clock = clock;
        this.events = events;
        this.board = board;
        Itinerary itinerary = Itineraries.of(Itinerary.Kind.FINAL);
        this.progress = new Progress(
                runId, "", Phase.CREATED, "Prepare", 1, itinerary.legs().size(), "", List.of(), clock.instant());
    }

    Progress progress() {
        return progress;
    }

    /** Notes which phase is worked on. */
    void at(Leg leg) {
        timeline.at(leg.step(), leg.phase(), clock.instant());
    }

    void phaseFailed() {
        timeline.failed();
    }

    /** {@return when each phase was worked on} */
    List<PhaseTime> phases(List<PipelineStep> pipeline, Instant ended) {
        return timeline.end(pipeline, ended);
    }

    void phaseStarted(Itinerary itinerary, Leg leg) {
        lastReason = "";
        at(leg);
        int index = itinerary.indexOf(leg.phase());
        int count = itinerary.legs().size();
        snapshot(itinerary, leg, "");
        events.tell(new PhaseStarted(runId, clock.instant(), leg.phase(), leg.step(), index, count));
    }

    void phaseWaiting(Itinerary itinerary, Leg leg, Outcome.Wait wait) {
        snapshot(itinerary, leg, wait.reason());
        if (!wait.reason().equals(lastReason)) {
            lastReason = wait.reason();
            events.tell(new PhaseWaiting(runId, clock.instant(), leg.phase(), wait.reason()));
        }
        tellTransfers();
    }

    void phaseCompleted(Leg leg, Duration took) {
        tellTransfers();
        timeline.completed();
        events.tell(new PhaseCompleted(runId, clock.instant(), leg.phase(), took));
    }

    void warned(Problem warning) {
        events.tell(new Warned(runId, clock.instant(), warning));
    }

    void ended(MigrationResult result) {
        tellTransfers();
        events.tell(new Ended(runId, clock.instant(), result));
    }

    private void tellTransfers() {
        Instant now = clock.instant();
        for (Progress.Item item : board.items()) {
            String key = item.kind() + " " + item.name();
            String stateKey = key + " " + item.state();
            boolean stateIsNew = !lastProgress.containsKey(stateKey);
            Instant last = lastProgress.getOrDefault(key, Instant.MIN);
            boolean due = item.state().equals("running")
                    && !last.plus(PROGRESS_INTERVAL).isAfter(now);
            if (stateIsNew || due) {
                lastProgress.put(stateKey, now);
                lastProgress.put(key, now);
                events.tell(new TransferProgressed(runId, now, item));
            }
        }
    }

    private void snapshot(Itinerary itinerary, Leg leg, String waiting) {
        progress = new Progress(
                runId,
                itinerary.kind().wireName(),
                leg.phase(),
                leg.step(),
                itinerary.indexOf(leg.phase()),
                itinerary.legs().size(),
                waiting,
                board.items(),
                clock.instant());
    }
}

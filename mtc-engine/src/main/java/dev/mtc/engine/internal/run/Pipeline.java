package dev.mtc.engine.internal.run;

import dev.mtc.api.Phase;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import java.util.List;
import java.util.Optional;

/** The pipeline in a migration's status: one entry for each step (MTC specification 3.9). */
final class Pipeline {

    private static final String NOT_STARTED = "Not started";
    private static final String COMPLETED = "Completed";

    private final List<PipelineStep> steps;

    Pipeline(List<PipelineStep> steps) {
        this.steps = steps;
    }

    /**
     * Adds the steps of an itinerary that is entered; those of an earlier one stay. A step of both which has not begun is
     * the new one's, so it comes after what the new one does before it.
     */
    void enter(List<String> names) {
        for (String name : names) {
            Optional<PipelineStep> present = find(name);
            if (present.isEmpty()) {
                PipelineStep step = new PipelineStep();
                step.setName(name);
                step.setMessage(NOT_STARTED);
                steps.add(step);
            } else if (present.get().getStarted() == null) {
                steps.remove(present.get());
                steps.add(present.get());
            }
        }
    }

    /** Notes that a phase of a step runs; everything before it is over. */
    void run(String name, Phase phase, List<String> progress, String now) {
        PipelineStep current = find(name).orElseGet(() -> {
            enter(List.of(name));
            return steps.get(steps.size() - 1);
        });
        if (current.getStarted() == null) {
            current.setStarted(now);
        }
        current.setSkipped(false);
        current.setCompleted(null);
        current.setPhase(phase.toString());
        current.setMessage(phase.description());
        if (!progress.isEmpty()) {
            current.setProgress(progress);
        }
        for (PipelineStep step : steps) {
            if (step == current) {
                break;
            }
            finish(step, now);
        }
    }

    private static void finish(PipelineStep step, String now) {
        if (step.getCompleted() != null || step.isSkipped()) {
            return;
        }
        step.setPhase(null);
        if (step.getStarted() == null) {
            step.setSkipped(true);
            step.setMessage("Skipped");
        } else {
            step.setCompleted(now);
            step.setMessage(step.isFailed() ? "Failed" : COMPLETED);
        }
    }

    /** Notes that a step failed. */
    void fail(String name) {
        find(name).ifPresent(step -> {
            step.setFailed(true);
            step.setMessage("Failed");
        });
    }

    /** Notes that everything is over. */
    void complete(String now) {
        steps.forEach(step -> finish(step, now));
    }

    /** {@return whether a step has begun} */
    boolean hasStarted(String name) {
        return find(name).filter(step -> step.getStarted() != null).isPresent();
    }

    private Optional<PipelineStep> find(String name) {
        return steps.stream().filter(step -> step.getName().equals(name)).findFirst();
    }
}

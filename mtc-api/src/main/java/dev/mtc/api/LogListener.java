package dev.mtc.api;

import org.slf4j.Logger;

/** Logs a run's progress. */
final class LogListener implements MigrationListener {

    private final Logger log;

    LogListener(Logger log) {
        this.log = log;
    }

    @Override
    public void onEvent(MigrationEvent event) {
        if (event instanceof PhaseStarted started) {
            log.info("{}", EventText.started(started).strip());
        } else if (event instanceof PhaseWaiting waiting) {
            log.debug("{} waits: {}", waiting.phase(), waiting.reason());
        } else if (event instanceof PhaseCompleted completed) {
            log.debug("{} took {}", completed.phase(), Counts.seconds(completed.took()));
        } else if (event instanceof TransferProgressed moved) {
            transfer(moved.item());
        } else if (event instanceof Warned warned) {
            log.warn("{}", warned.problem());
        } else if (event instanceof Ended ended) {
            end(ended.result());
        }
    }

    private void transfer(Progress.Item item) {
        String state = item.state();
        if (state.equals("failed")) {
            log.warn("{}", EventText.of(item));
        } else if (state.equals("done")) {
            log.info("{}", EventText.of(item));
        } else {
            log.debug("{}", EventText.of(item));
        }
    }

    private void end(MigrationResult result) {
        if (result.status() == MigrationResult.Status.FAILED) {
            log.error("{}: {}", result, result.errors());
        } else {
            log.info("{}", result);
        }
    }

    @Override
    public String toString() {
        return "Listener[log " + log.getName() + "]";
    }
}

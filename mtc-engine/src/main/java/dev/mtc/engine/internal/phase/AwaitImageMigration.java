package dev.mtc.engine.internal.phase;

import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.ImageTransfers;

/** Waits until all images are copied. */
final class AwaitImageMigration implements PhaseHandler {
    @Override
    public Outcome run(RunContext context) {
        return context.work(ImageTransfers.class, ImageTransfers::new).advance();
    }
}

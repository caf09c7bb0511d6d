package dev.mtc.engine.internal.phase;

import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.ImageTransfers;

/** Notes which images are to be copied and starts copying. */
final class CreateImageMigration implements PhaseHandler {
    @Override
    public Outcome run(RunContext context) {
        ImageTransfers images = context.work(ImageTransfers.class, ImageTransfers::new);
        images.create();
        Outcome outcome = images.advance();
        return outcome instanceof Outcome.Fail ? outcome : Outcome.advance();
    }
}

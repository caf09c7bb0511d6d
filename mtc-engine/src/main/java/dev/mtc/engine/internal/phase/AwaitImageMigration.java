package dev.mtc.engine.internal.phase;

import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.ImageTransfers;
import java.time.Duration;

/** Waits until all images are copied and tidied up after. */
final class AwaitImageMigration implements PhaseHandler {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    @Override
    public Outcome run(RunContext context) {
        ImageTransfers images = context.work(ImageTransfers.class, ImageTransfers::new);
        Outcome outcome = images.advance();
        return outcome instanceof Outcome.Advance done && images.hasHelpers()
                ? new Outcome.Wait(LOOK_AGAIN, "helpers of copied images are being removed", done.progress())
                : outcome;
    }
}

package dev.mtc.engine.internal.phase;

import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.ImageTransfers;
import java.time.Duration;
import java.util.function.Function;

/** Copies images: to the target, or into the plan's repository first. */
final class ImageMigration {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private ImageMigration() {}

    /** {@return the images on their way to the target} */
    static ImageTransfers toTarget(RunContext context) {
        return context.work(ImageTransfers.class, ImageTransfers::new);
    }

    /** {@return the images on their way into the repository} */
    static ImageTransfers toRepository(RunContext context) {
        return context.work(ImageTransfers.Inbound.class, ImageTransfers.Inbound::new)
                .transfers();
    }

    /** {@return whether nothing is copied any more} */
    static boolean stop(RunContext context) {
        boolean stopped = toRepository(context).stop();
        return toTarget(context).stop() && stopped;
    }

    /** Notes which images are to be copied and starts copying. */
    record Create(Function<RunContext, ImageTransfers> images) implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            ImageTransfers transfers = images.apply(context);
            transfers.create();
            Outcome outcome = transfers.advance();
            return outcome instanceof Outcome.Fail ? outcome : Outcome.advance();
        }
    }

    /** Waits until all images are copied and tidied up after. */
    record Await(Function<RunContext, ImageTransfers> images) implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            ImageTransfers transfers = images.apply(context);
            transfers.create();
            Outcome outcome = transfers.advance();
            return outcome instanceof Outcome.Advance done && transfers.hasHelpers()
                    ? new Outcome.Wait(LOOK_AGAIN, "helpers of copied images are being removed", done.progress())
                    : outcome;
        }
    }
}

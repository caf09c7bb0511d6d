package dev.mtc.engine.internal.transfer;

import dev.mtc.api.Route;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.engine.internal.run.RunContext;
import java.util.Optional;

/** How large images are, by what their movers find out without moving them. */
public final class ImageSizes {

    private final RunContext context;
    private final MoverContext movers;

    /** Asks with the means of a run. */
    public ImageSizes(RunContext context) {
        this.context = context;
        this.movers = new RunMoverContext(context, new MoverNotes());
    }

    /**
     * {@return what the plan's repository lacks of an image that is to go through it, 0 if nothing can tell}
     *
     * @throws dev.mtc.api.MtcException if the registry or the repository does not answer or refuses
     */
    public long missingInRepository(String source) {
        if (context.plan().imageRoute() == Route.DIRECT) {
            return 0;
        }
        ImageMove move = new ImageMove("preview", source, StoredImages.of(source, context));
        return context.providers()
                .imageMover(move)
                .flatMap(mover -> mover.estimate(move, movers))
                .map(ImageEstimate::missingBytes)
                .orElse(0L);
    }

    /**
     * {@return the size of an image and what the target lacks of it, empty if nothing can tell}
     *
     * @throws dev.mtc.api.MtcException if a registry does not answer or refuses
     */
    public Optional<ImageEstimate> of(String source, String target) {
        ImageMove move = new ImageMove("preview", source, target);
        return context.providers().imageMover(move).flatMap(mover -> mover.estimate(move, movers));
    }
}

package dev.mtc.engine.internal.transfer;

import dev.mtc.api.Route;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageSurvey;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.engine.internal.run.RunContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How large images are, by what their movers find out without moving them. Thread-safe. */
public final class ImageSizes {

    private final RunContext context;
    private final MoverContext movers;
    private final Map<String, ImageSurvey> surveys = new ConcurrentHashMap<>();

    /** Asks with the means of a run. */
    public ImageSizes(RunContext context) {
        this.context = context;
        this.movers = new RunMoverContext(context, new MoverNotes(), () -> 1);
    }

    /**
     * {@return the size of an image that is to go through the plan's repository and what that lacks of it, empty if it goes another
     * way or nothing can tell}
     *
     * @throws dev.mtc.api.MtcException if the registry or the repository does not answer or refuses
     */
    public Optional<ImageEstimate> inRepository(String source) {
        return context.plan().imageRoute() == Route.DIRECT
                ? Optional.empty()
                : of(source, StoredImages.of(source, context));
    }

    /**
     * {@return the size of an image and what the target lacks of it, empty if nothing can tell}
     *
     * @throws dev.mtc.api.MtcException if a registry does not answer or refuses
     */
    public Optional<ImageEstimate> of(String source, String target) {
        ImageMove move = new ImageMove("preview", source, target);
        return context.providers().imageMover(move).flatMap(mover -> surveys.computeIfAbsent(
                        mover.id(), id -> mover.survey(movers))
                .estimate(move));
    }
}

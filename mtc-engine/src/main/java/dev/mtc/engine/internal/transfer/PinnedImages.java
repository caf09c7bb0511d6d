package dev.mtc.engine.internal.transfer;

import dev.mtc.api.MtcException;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.engine.internal.plan.ImageMapping;
import dev.mtc.engine.internal.run.RunContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where images are on the target, by the digests that the run's copies have; before those are made, by the digests that they
 * would have. Where neither is known the tag stays. Thread-safe.
 */
public final class PinnedImages implements UnaryOperator<String> {

    private static final Logger LOG = LoggerFactory.getLogger(PinnedImages.class);

    private final ImageMapping mapping;
    private final ImageTransfers transfers;
    private final ImageSizes estimates;
    private final Map<String, Optional<String>> expected = new ConcurrentHashMap<>();

    private PinnedImages(RunContext context, ImageMapping mapping) {
        this.mapping = mapping;
        this.transfers = context.work(ImageTransfers.class, ImageTransfers::new);
        this.estimates = new ImageSizes(context);
    }

    /** {@return where images are on the target; empty if none goes anywhere} */
    public static Optional<UnaryOperator<String>> of(RunContext context) {
        Optional<ImageMapping> mapping = ImageMapping.of(context);
        return context.plan().images().isPinned()
                ? mapping.map(found -> context.work(PinnedImages.class, c -> new PinnedImages(c, found)))
                : mapping.map(found -> found);
    }

    @Override
    public String apply(String image) {
        String target = mapping.apply(image);
        if (!mapping.covers(image) || target.contains("@")) {
            return target;
        }
        String source = mapping.readable(image);
        return transfers
                .digest(source)
                .or(() -> expected.computeIfAbsent(source, name -> estimate(name, mapping.pushed(image))))
                .map(digest -> target.replaceFirst(":[^:/]*$", "") + "@" + digest)
                .orElse(target);
    }

    private Optional<String> estimate(String source, String target) {
        try {
            return estimates.of(source, target).map(ImageEstimate::digest);
        } catch (MtcException e) {
            LOG.debug("{} keeps its tag, as its digest is not known: {}", source, e.getMessage());
            return Optional.empty();
        }
    }
}

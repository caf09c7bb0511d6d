package dev.mtc.engine.internal;

import dev.mtc.api.MtcException;
import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Sizes;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.engine.internal.plan.PlannedImage;
import dev.mtc.engine.internal.plan.PlannedImages;
import dev.mtc.engine.internal.plan.Together;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.ImageSizes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What copying the images of a plan would do. What several of them lack is moved once, and counted with the first. */
final class ImagePreview {

    private static final String IMAGE = "image";

    private final Set<String> counted = new HashSet<>();

    private ImagePreview() {}

    static List<Action> of(RunContext context) {
        ImageSizes sizes = new ImageSizes(context);
        List<Supplier<Look>> questions = new ArrayList<>();
        for (PlannedImage image : PlannedImages.find(context).images()) {
            questions.add(() -> look(image, sizes));
        }
        return actions(Together.ask(context.executor(), questions));
    }

    static List<Action> actions(List<Look> looks) {
        ImagePreview preview = new ImagePreview();
        return looks.stream().map(preview::action).toList();
    }

    /**
     * What is known of an image.
     *
     * @param image which one
     * @param stored what the repository lacks, if it goes there
     * @param size what the target lacks, if anything can tell
     * @param trouble why that is not known, or empty
     */
    record Look(PlannedImage image, @Nullable ImageEstimate stored, @Nullable ImageEstimate size, String trouble) {}

    private static Look look(PlannedImage image, ImageSizes sizes) {
        try {
            ImageEstimate stored = sizes.inRepository(image.source()).orElse(null);
            return new Look(
                    image, stored, sizes.of(image.source(), image.target()).orElse(null), "");
        } catch (MtcException e) {
            return new Look(image, null, null, String.valueOf(e.getMessage()));
        }
    }

    private Action action(Look look) {
        String source = look.image().source();
        String target = look.image().target();
        String name = source.equals(target) ? source : source + " -> " + target;
        ImageEstimate size = look.size();
        if (size == null) {
            return Action.of(Verb.COPY, IMAGE, name, look.trouble()).bytes(-1, -1);
        }
        ImageEstimate inRepository = look.stored();
        boolean isStored = inRepository == null || inRepository.missingBytes() == 0;
        if (size.missingBytes() == 0 && isStored) {
            return Action.of(Verb.UNCHANGED, IMAGE, name, "the target has it").bytes(0, size.totalBytes());
        }
        long bytes = uncounted(target.substring(0, Math.max(0, target.indexOf('/'))), size);
        long stored = inRepository == null ? 0 : uncounted("", inRepository);
        return Action.of(Verb.COPY, IMAGE, name, reason(size, size.missingBytes() - bytes, stored))
                .bytes(bytes, size.totalBytes() - size.missingBytes());
    }

    private static String reason(ImageEstimate size, long ofOthers, long stored) {
        List<String> parts = new ArrayList<>();
        if (!size.platforms().isEmpty()) {
            parts.add(String.join(", ", size.platforms()));
        }
        if (ofOthers > 0) {
            parts.add(Sizes.format(ofOthers) + " of it with other images");
        }
        if (stored > 0) {
            parts.add(Sizes.format(stored) + " of it into the repository first");
        }
        return String.join("; ", parts);
    }

    /** {@return what of an image's missing parts no other image brings to the same place} */
    private long uncounted(String place, ImageEstimate size) {
        long bytes = 0;
        for (Map.Entry<String, Long> part : size.missing().entrySet()) {
            bytes += counted.add(place + " " + part.getKey()) ? part.getValue() : 0;
        }
        return bytes;
    }
}

package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.objects.RestoreSettings;
import dev.mtc.engine.internal.objects.SelectedImages;
import dev.mtc.engine.internal.run.RunContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The images that a plan's objects run, build upon or tag, and that the plan has a place for.
 *
 * @param images each once, in an order in which those with the same place follow each other as they are to be copied
 * @param streams the image streams that are carried over, as the source has them
 */
public record PlannedImages(List<PlannedImage> images, List<ObjectNode> streams) {

    /** {@return the images of a run's plan; none if it moves no images} Blocks. */
    public static PlannedImages find(RunContext context) {
        Optional<ImageMapping> mapping = ImageMapping.of(context);
        if (mapping.isEmpty()) {
            return new PlannedImages(List.of(), List.of());
        }
        SelectedImages.Found found = SelectedImages.find(
                context.server(Side.SOURCE),
                context.discovery(Side.SOURCE),
                context.discovery(Side.TARGET),
                RestoreSettings.of(context.plan(), context.planUid(), context.migrationUid()));
        return new PlannedImages(images(found, mapping.get()), found.streams());
    }

    static List<PlannedImage> images(SelectedImages.Found found, ImageMapping mapping) {
        Set<PlannedImage> images = new LinkedHashSet<>();
        StreamImages streams = new StreamImages(mapping);
        found.streams().forEach(stream -> images.addAll(streams.of(stream)));
        found.references().stream()
                .filter(mapping::covers)
                .map(image -> new PlannedImage(mapping.readable(image), mapping.pushed(image)))
                .forEach(images::add);
        return images.stream()
                .filter(image -> images.stream().noneMatch(image::isBroughtBy))
                .toList();
    }
}

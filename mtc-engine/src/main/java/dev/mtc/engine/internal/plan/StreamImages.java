package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The images that the tags of image streams have named so far (MTC specification 7.2), the oldest of each tag first, so that the
 * newest ends up as the tag. Only those in the source's own registry are copied, and those of a stream that stands for a
 * repository with a place on the target.
 */
final class StreamImages {

    private final ImageMapping mapping;

    StreamImages(ImageMapping mapping) {
        this.mapping = mapping;
    }

    /**
     * {@return the images of a stream}
     *
     * @param stream as the source has it, with its status
     */
    List<PlannedImage> of(ObjectNode stream) {
        List<PlannedImage> images = new ArrayList<>();
        for (JsonNode tag : stream.path("status").path("tags")) {
            List<PlannedImage> newestFirst = new ArrayList<>();
            for (JsonNode item : tag.path("items")) {
                String image = item.path("dockerImageReference").asText();
                repository(stream, image)
                        .map(repository -> new PlannedImage(
                                mapping.readable(image),
                                repository + suffix(stream, tag.path("tag").asText(), image)))
                        .ifPresent(newestFirst::add);
            }
            Collections.reverse(newestFirst);
            images.addAll(newestFirst);
        }
        return images;
    }

    private Optional<String> repository(ObjectNode stream, String image) {
        String outside = stream.path("spec").path("dockerImageRepository").asText();
        boolean isOfOutside =
                !outside.isEmpty() && (image.startsWith(outside + "@") || image.startsWith(outside + ":"));
        if (isOfOutside) {
            return Optional.of(outside).filter(mapping::covers).map(mapping::pushed);
        }
        JsonNode metadata = stream.path("metadata");
        return mapping.isOfSourceRegistry(image)
                ? Optional.of(mapping.inTargetRegistry(metadata.path("namespace")
                                .asText() + "/" + metadata.path("name").asText()))
                : Optional.empty();
    }

    /** A tag that stands for one image of its stream is made again by the stream's own specification. */
    private static String suffix(ObjectNode stream, String tag, String image) {
        int at = image.indexOf('@');
        return at > 0 && isOfOneImage(stream, tag) ? image.substring(at) : ":" + tag;
    }

    private static boolean isOfOneImage(ObjectNode stream, String tag) {
        String own = stream.path("metadata").path("namespace").asText();
        for (JsonNode specified : stream.path("spec").path("tags")) {
            JsonNode from = specified.path("from");
            if (specified.path("name").asText().equals(tag)
                    && from.path("kind").asText().equals("ImageStreamImage")
                    && from.path("namespace").asText(own).equals(own)) {
                return true;
            }
        }
        return false;
    }
}

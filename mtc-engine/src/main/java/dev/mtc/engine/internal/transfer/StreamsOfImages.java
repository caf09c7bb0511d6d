package dev.mtc.engine.internal.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.plan.ImageMapping;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which ImageStream of the source an image belongs to. */
final class StreamsOfImages {

    private final Map<String, String> byImage = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private StreamsOfImages() {}

    /** {@return these streams, as the source has them, by the images that they name} */
    static StreamsOfImages of(List<ObjectNode> found) {
        StreamsOfImages streams = new StreamsOfImages();
        found.forEach(streams::add);
        return streams;
    }

    private void add(ObjectNode stream) {
        JsonNode metadata = stream.path("metadata");
        String name = metadata.path("namespace").asText() + "/"
                + metadata.path("name").asText();
        names.add(name);
        for (JsonNode tag : stream.path("spec").path("tags")) {
            if (tag.path("from").path("kind").asText().equals("DockerImage")) {
                note(tag.path("from").path("name").asText(), name);
            }
        }
        for (JsonNode tag : stream.path("status").path("tags")) {
            tag.path("items")
                    .forEach(item -> note(item.path("dockerImageReference").asText(), name));
        }
    }

    private void note(String image, String stream) {
        if (!image.isEmpty()) {
            byImage.putIfAbsent(ImageMapping.full(image), stream);
        }
    }

    /** {@return the stream of an image with its host, {@code namespace/name}} */
    Optional<String> of(String image) {
        String known = byImage.get(image);
        return known != null
                ? Optional.of(known)
                : Optional.of(repository(image)).filter(names::contains);
    }

    /** {@return the repository of an image, which in a registry of a cluster has the name of the stream} */
    private static String repository(String image) {
        String path = image.substring(image.indexOf('/') + 1);
        int digest = path.indexOf('@');
        String tagged = digest < 0 ? path : path.substring(0, digest);
        int tag = tagged.lastIndexOf(':');
        return tag > tagged.lastIndexOf('/') ? tagged.substring(0, tag) : tagged;
    }
}

package dev.mtc.engine.internal.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.plan.ImageMapping;
import dev.mtc.engine.internal.run.RunContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which ImageStream of the source an image belongs to. */
final class StreamsOfImages {

    private static final String STREAMS = "imagestreams.image.openshift.io";

    private final Map<String, String> byImage = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private StreamsOfImages() {}

    /** {@return the streams of a plan's namespaces; none where the source has no such kind} */
    static StreamsOfImages of(RunContext context) {
        StreamsOfImages streams = new StreamsOfImages();
        context.discovery(Side.SOURCE).versions(STREAMS).stream().limit(1).forEach(kind -> {
            for (NamespaceMapping namespace : context.plan().namespaces()) {
                context.server(Side.SOURCE)
                        .list(
                                kind.collection(namespace.source()),
                                context.plan().labelSelector().orElse(""))
                        .forEach(stream -> streams.add(namespace.source(), stream));
            }
        });
        return streams;
    }

    private void add(String namespace, ObjectNode stream) {
        String name = namespace + "/" + stream.path("metadata").path("name").asText();
        names.add(name);
        for (JsonNode tag : stream.path("spec").path("tags")) {
            if (tag.path("from").path("kind").asText().equals("DockerImage")) {
                note(tag.path("from").path("name").asText(), name);
            }
        }
        for (JsonNode tag : stream.path("status").path("tags")) {
            tag.path("items").forEach(item -> note(item.path("dockerImageReference").asText(), name));
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
        return known != null ? Optional.of(known) : Optional.of(repository(image)).filter(names::contains);
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

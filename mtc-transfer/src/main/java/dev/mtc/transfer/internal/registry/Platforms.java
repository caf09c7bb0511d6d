package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The platforms that an index names, and the index of some of them (OCI image specification 1.1, image index). */
final class Platforms {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** BuildKit names the image that an attestation beside it is about. */
    private static final String SUBJECT = "vnd.docker.reference.digest";

    private static final String UNKNOWN = "unknown/unknown";

    private Platforms() {}

    /** {@return the platforms that an index lists, none for an image} */
    static List<String> in(Manifest manifest) {
        Set<String> platforms = new LinkedHashSet<>();
        for (JsonNode entry : entries(manifest)) {
            String platform = of(entry.path("platform"));
            if (!platform.isEmpty() && !platform.equals(UNKNOWN)) {
                platforms.add(platform);
            }
        }
        return List.copyOf(platforms);
    }

    /** {@return what an image's configuration says it runs on, empty if it says nothing} */
    static List<String> inConfiguration(byte[] configuration) {
        try {
            String platform = of(JSON.readTree(configuration));
            return platform.isEmpty() ? List.of() : List.of(platform);
        } catch (IOException e) {
            // Configurations of artefacts may be anything.
            return List.of();
        }
    }

    private static String of(JsonNode node) {
        if (!node.path("os").isTextual() || !node.path("architecture").isTextual()) {
            return "";
        }
        String variant = node.path("variant").asText();
        return node.path("os").asText() + "/" + node.path("architecture").asText()
                + (variant.isEmpty() ? "" : "/" + variant);
    }

    /**
     * {@return an index of the wanted platforms alone, with all that belongs to them and all that is for no platform; the very
     * manifest if that leaves nothing out, or if it is no index}
     *
     * @param manifest image or index
     * @param wanted platforms, none for all
     * @param tried for messages
     * @throws RegistryException if it has none of them
     */
    static Manifest choose(Manifest manifest, List<String> wanted, Tried tried) throws RegistryException {
        if (wanted.isEmpty() || in(manifest).isEmpty()) {
            return manifest;
        }
        List<JsonNode> kept = new ArrayList<>();
        Set<String> digests = new HashSet<>();
        boolean found = false;
        for (JsonNode entry : entries(manifest)) {
            String platform = of(entry.path("platform"));
            boolean matches = wanted.stream().anyMatch(one -> platform.equals(one) || platform.startsWith(one + "/"));
            if (matches || platform.isEmpty()) {
                kept.add(entry);
                digests.add(entry.path("digest").asText());
                found |= matches;
            }
        }
        if (!found) {
            throw RegistryException.of(
                    Kind.USER_FIXABLE,
                    "PlatformNotFound",
                    tried.but(
                            "it is for " + String.join(", ", in(manifest)) + " and not for "
                                    + String.join(" or ", wanted),
                            "name one of its platforms with ImageChoice.platforms(…)"));
        }
        for (JsonNode entry : entries(manifest)) {
            if (digests.contains(entry.path("annotations").path(SUBJECT).asText()) && !kept.contains(entry)) {
                kept.add(entry);
            }
        }
        return kept.size() == entries(manifest).size() ? manifest : with(manifest, kept, tried);
    }

    private static Manifest with(Manifest index, List<JsonNode> entries, Tried tried) throws RegistryException {
        ObjectNode json = (ObjectNode) parse(index);
        ArrayNode list = json.putArray("manifests");
        entries.forEach(list::add);
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        return Manifest.read(bytes, index.mediaType(), Digest.of(bytes), tried);
    }

    private static JsonNode entries(Manifest manifest) {
        JsonNode json = parse(manifest);
        return MediaTypes.isIndex(manifest.mediaType()) ? json.path("manifests") : JSON.createArrayNode();
    }

    private static JsonNode parse(Manifest manifest) {
        try {
            return JSON.readTree(manifest.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

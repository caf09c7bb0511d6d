package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image manifest or an index of them, with the very bytes that its digest names. */
final class Manifest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String mediaType;
    private final byte[] bytes;
    private final Digest digest;
    private final JsonNode json;

    private Manifest(String mediaType, byte[] bytes, Digest digest, JsonNode json) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.digest = digest;
        this.json = json;
    }

    /**
     * {@return the manifest that some bytes are}
     *
     * @param bytes the manifest, not changed afterwards
     * @param contentType what the registry calls it, if it does
     * @param digest the digest of the bytes
     * @param tried what was tried, for messages
     * @throws RegistryException if it is none that can be copied
     */
    static Manifest read(byte[] bytes, @Nullable String contentType, Digest digest, Tried tried)
            throws RegistryException {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (IOException e) {
            throw unsupported(tried, "it is not JSON", "push the image to the source again");
        }
        String type = mediaType(json, contentType);
        if (MediaTypes.isSchema1(type) || json.path("schemaVersion").asInt() == 1) {
            throw unsupported(
                    tried,
                    "it is in the obsolete Docker schema 1, which has no stable digest",
                    "convert it at the source, for example pull and push it with a current client");
        }
        if (!MediaTypes.isIndex(type) && !MediaTypes.isImage(type)) {
            throw unsupported(
                    tried,
                    "its type '" + type + "' is neither an image nor an index",
                    "leave it out of the migration, or push it as an OCI image");
        }
        Manifest manifest = new Manifest(type, bytes, digest, json);
        manifest.check(tried);
        return manifest;
    }

    private static String mediaType(JsonNode json, @Nullable String contentType) {
        if (json.path("mediaType").isTextual()) {
            return json.path("mediaType").asText();
        }
        String sent =
                contentType == null ? "" : contentType.replaceFirst(";.*", "").strip();
        if (MediaTypes.isIndex(sent) || MediaTypes.isImage(sent) || MediaTypes.isSchema1(sent)) {
            return sent;
        }
        if (json.has("manifests")) {
            return MediaTypes.OCI_INDEX;
        }
        return json.has("config") ? MediaTypes.OCI_MANIFEST : sent;
    }

    private void check(Tried tried) throws RegistryException {
        try {
            children();
            blobs();
        } catch (IllegalArgumentException e) {
            throw unsupported(tried, e.getMessage(), "push the image to the source again");
        }
    }

    private static RegistryException unsupported(Tried tried, @Nullable String why, String fix) {
        return RegistryException.of(Kind.PERMANENT, "UnsupportedManifest", tried.but("" + why, fix));
    }

    String mediaType() {
        return mediaType;
    }

    /** {@return the bytes as they came; not to be changed} */
    byte[] bytes() {
        return bytes;
    }

    Digest digest() {
        return digest;
    }

    /** {@return what an index lists, empty for an image} */
    List<Descriptor> children() {
        return MediaTypes.isIndex(mediaType) ? descriptors(json.path("manifests")) : List.of();
    }

    /** {@return configuration and layers of an image, empty for an index} */
    List<Descriptor> blobs() {
        if (MediaTypes.isIndex(mediaType)) {
            return List.of();
        }
        List<Descriptor> blobs = new ArrayList<>();
        blobs.add(descriptor(json.path("config")));
        blobs.addAll(descriptors(json.path("layers")));
        return blobs;
    }

    private static List<Descriptor> descriptors(JsonNode list) {
        List<Descriptor> descriptors = new ArrayList<>();
        list.forEach(node -> descriptors.add(descriptor(node)));
        return descriptors;
    }

    private static Descriptor descriptor(JsonNode node) {
        long size = node.path("size").asLong(-1);
        if (size < 0) {
            throw new IllegalArgumentException("it lists something without a size");
        }
        return new Descriptor(
                node.path("mediaType").asText(),
                Digest.parse(node.path("digest").asText()),
                size,
                !node.path("urls").isEmpty());
    }
}

package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The {@code index.json} of an OCI image layout: images by name. Immutable. */
final class IndexFile {

    static final IndexFile EMPTY = new IndexFile(Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "org.opencontainers.image.ref.name";
    private static final String RUN = "dev.mtc.run";
    private static final String USED = "dev.mtc.used";

    private final Map<String, Entry> entries;

    private IndexFile(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /**
     * An image.
     *
     * @param name its reference on the source
     * @param mediaType of its manifest
     * @param digest of its manifest
     * @param sizeBytes of its manifest
     * @param use by whom it was last used
     */
    record Entry(String name, String mediaType, Digest digest, long sizeBytes, Use use) {

        Descriptor descriptor() {
            return new Descriptor(mediaType, digest, sizeBytes, false);
        }

        ManifestSummary summary() {
            return new ManifestSummary(digest, sizeBytes);
        }

        /** {@return the tag that it had on the source, empty if it was named by its digest} */
        String tag() {
            String last = name.substring(name.lastIndexOf('/') + 1);
            int colon = last.indexOf(':');
            return last.contains("@") || colon < 0 ? "" : last.substring(colon + 1);
        }

        private ObjectNode json() {
            ObjectNode json = JSON.createObjectNode()
                    .put("mediaType", mediaType)
                    .put("digest", digest.toString())
                    .put("size", sizeBytes);
            json.putObject("annotations")
                    .put(NAME, name)
                    .put(RUN, use.run())
                    .put(USED, use.at().toString());
            return json;
        }
    }

    /**
     * A use of an image.
     *
     * @param run by which run
     * @param at when that run first looked at it
     */
    record Use(String run, Instant at) {}

    /**
     * {@return the index that some bytes are}
     *
     * @throws IOException if they are none
     */
    static IndexFile read(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        Map<String, Entry> entries = new LinkedHashMap<>();
        try {
            for (JsonNode descriptor : json.path("manifests")) {
                Entry entry = entry(descriptor);
                entries.put(entry.name(), entry);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("it is not an index of mtc: " + e.getMessage(), e);
        }
        return new IndexFile(entries);
    }

    private static Entry entry(JsonNode descriptor) {
        JsonNode annotations = descriptor.path("annotations");
        return new Entry(
                annotations.path(NAME).asText(),
                descriptor.path("mediaType").asText(),
                Digest.parse(descriptor.path("digest").asText()),
                descriptor.path("size").asLong(),
                new Use(
                        annotations.path(RUN).asText(),
                        Instant.parse(annotations.path(USED).asText())));
    }

    byte[] bytes() {
        ObjectNode json = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        json.putArray("manifests")
                .addAll(entries.values().stream().map(Entry::json).toList());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** {@return the same with an entry, in the place of the one of that name} */
    IndexFile with(Entry entry) {
        Map<String, Entry> more = new LinkedHashMap<>(entries);
        more.put(entry.name(), entry);
        return new IndexFile(more);
    }

    IndexFile only(Predicate<Entry> wanted) {
        Map<String, Entry> fewer = new LinkedHashMap<>(entries);
        fewer.values().removeIf(wanted.negate());
        return new IndexFile(fewer);
    }
}

package dev.mtc.transfer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a fake registry stores. Thread-safe. */
final class RegistryContent {

    /** A stored manifest. */
    static final class Manifest {

        private final String mediaType;
        private final byte[] bytes;
        private final String digest;

        private Manifest(String mediaType, byte[] bytes) {
            this.mediaType = mediaType;
            this.bytes = bytes.clone();
            this.digest = digestOf(bytes);
        }

        String mediaType() {
            return mediaType;
        }

        byte[] bytes() {
            return bytes;
        }

        String digest() {
            return digest;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();

    static String digestOf(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    String putBlob(String repository, byte[] bytes) {
        String digest = digestOf(bytes);
        blobs.put(repository + "@" + digest, bytes.clone());
        return digest;
    }

    byte @Nullable [] blob(String repository, String digest) {
        return blobs.get(repository + "@" + digest);
    }

    boolean mount(String repository, String digest, String from) {
        byte[] bytes = blob(from, digest);
        if (bytes != null) {
            blobs.put(repository + "@" + digest, bytes);
        }
        return bytes != null;
    }

    void deleteBlob(String repository, String digest) {
        blobs.remove(repository + "@" + digest);
    }

    void corrupt(String digest) {
        blobs.replaceAll((name, bytes) -> {
            if (!name.endsWith("@" + digest) || bytes.length == 0) {
                return bytes;
            }
            byte[] changed = bytes.clone();
            changed[changed.length / 2] ^= 1;
            return changed;
        });
    }

    String putManifest(FakeRegistry.Names names, String mediaType, byte[] bytes) {
        Manifest manifest = new Manifest(mediaType, bytes);
        manifests.put(names.repository() + "@" + manifest.digest(), manifest);
        manifests.put(names.repository() + "@" + names.reference(), manifest);
        return manifest.digest();
    }

    @Nullable
    Manifest manifest(FakeRegistry.Names names) {
        return manifests.get(names.repository() + "@" + names.reference());
    }

    List<String> tags(String repository) {
        return manifests.keySet().stream()
                .filter(name -> name.startsWith(repository + "@") && !name.contains(":"))
                .map(name -> name.substring(repository.length() + 1))
                .sorted()
                .toList();
    }

    /** {@return an index of the manifests that name one as their subject} */
    byte[] referrers(String repository, String subject) throws IOException {
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
        index.put("mediaType", "application/vnd.oci.image.index.v1+json");
        ArrayNode list = index.putArray("manifests");
        for (Map.Entry<String, Manifest> entry : new TreeMap<>(manifests).entrySet()) {
            Manifest manifest = entry.getValue();
            JsonNode json = JSON.readTree(manifest.bytes());
            boolean refers = json.path("subject").path("digest").asText().equals(subject);
            if (refers && entry.getKey().equals(repository + "@" + manifest.digest())) {
                ObjectNode descriptor = list.addObject();
                descriptor.put("mediaType", manifest.mediaType());
                descriptor.put("digest", manifest.digest());
                descriptor.put("size", manifest.bytes().length);
                String config = json.path("config").path("mediaType").asText();
                descriptor.put("artifactType", json.path("artifactType").asText(config));
            }
        }
        return JSON.writeValueAsBytes(index);
    }

    String startUpload() {
        String id = UUID.randomUUID().toString();
        uploads.put(id, new ByteArrayOutputStream());
        return id;
    }

    @Nullable
    ByteArrayOutputStream upload(String id) {
        return uploads.get(id);
    }

    void endUpload(String id) {
        uploads.remove(id);
    }
}

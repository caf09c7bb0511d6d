package dev.mtc.transfer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.transfer.testing.FakeRegistry.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a registry checks before it takes a manifest: the digest it is written under, and that all parts are there. */
final class ManifestRules {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryContent content;

    ManifestRules(RegistryContent content) {
        this.content = content;
    }

    /** {@return why the manifest is not taken, null if it is} */
    @Nullable
    String problem(String repository, String reference, byte[] bytes) {
        if (reference.contains(":") && !reference.equals(RegistryContent.digestOf(bytes))) {
            return "the content has another digest";
        }
        JsonNode manifest;
        try {
            manifest = JSON.readTree(bytes);
        } catch (IOException e) {
            return "not JSON";
        }
        for (JsonNode child : manifest.path("manifests")) {
            Names names = new Names(repository, child.path("digest").asText());
            if (content.manifest(names) == null && content.blob(repository, names.reference()) == null) {
                return "manifest unknown: " + names.reference();
            }
        }
        List<JsonNode> blobs = new ArrayList<>();
        manifest.path("layers").forEach(blobs::add);
        if (manifest.has("config")) {
            blobs.add(manifest.path("config"));
        }
        for (JsonNode blob : blobs) {
            String digest = blob.path("digest").asText();
            if (blob.path("urls").isEmpty() && content.blob(repository, digest) == null) {
                return "blob unknown to registry: " + digest;
            }
        }
        return null;
    }
}

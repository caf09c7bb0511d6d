package dev.mtc.transfer.internal.registry;

import dev.mtc.transfer.testing.FakeRegistry;
import java.nio.charset.StandardCharsets;

/** Manifests that name another as their subject. */
final class Signatures {

    private Signatures() {}

    /**
     * Pushes one.
     *
     * @param subject digest of what is signed
     * @param note makes it differ from others
     * @param reference repository with a tag or digest
     * @return its digest
     */
    static String push(FakeRegistry registry, String subject, String note, String reference) {
        String repository = reference.replaceFirst("[:@].*", "");
        String blob = "{\"signs\":\"" + subject + note + "\"}";
        String digest = registry.putBlob(repository, blob.getBytes(StandardCharsets.UTF_8));
        String empty = registry.putBlob(repository, "{}".getBytes(StandardCharsets.UTF_8));
        String json =
                """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.example.signature",
                 "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
                 "layers":[{"mediaType":"application/json","digest":"%s","size":%d}],
                 "subject":{"mediaType":"%s","digest":"%s","size":1}}"""
                        .formatted(
                                MediaTypes.OCI_MANIFEST,
                                empty,
                                digest,
                                blob.length(),
                                MediaTypes.OCI_MANIFEST,
                                subject);
        return registry.putManifest(reference, MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }
}

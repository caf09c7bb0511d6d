package dev.mtc.transfer.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes images out of nothing. */
final class SyntheticImages {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    /** What gzip begins with, so that other tools do not take layers for uncompressed and compress them. */
    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

    private final RegistryContent content;

    SyntheticImages(RegistryContent content) {
        this.content = content;
    }

    String putImage(String reference, int... layerBytes) {
        FakeRegistry.Names names = FakeRegistry.Names.of(reference);
        return content.putManifest(names, MANIFEST, image(names, "amd64", 0, layerBytes));
    }

    String putIndex(String reference, int... layerBytes) {
        FakeRegistry.Names names = FakeRegistry.Names.of(reference);
        List<String> entries = new ArrayList<>();
        for (String architecture : List.of("amd64", "arm64")) {
            byte[] manifest = image(names, architecture, entries.size(), layerBytes);
            String digest = RegistryContent.digestOf(manifest);
            content.putManifest(new FakeRegistry.Names(names.repository(), digest), MANIFEST, manifest);
            entries.add("{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"" + digest + "\",\"size\":" + manifest.length
                    + ",\"platform\":{\"architecture\":\"" + architecture + "\",\"os\":\"linux\"}}");
        }
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":["
                + String.join(",", entries) + "]}";
        return content.putManifest(names, INDEX, index.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return a manifest whose configuration and layers are stored} */
    private byte[] image(FakeRegistry.Names names, String architecture, int variant, int... layerBytes) {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < layerBytes.length; i++) {
            byte[] layer = layer(layerBytes[i], i, i == 0 ? 0 : variant);
            layers.add(descriptor(names.repository(), LAYER, layer));
        }
        String config = "{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"author\":\"" + names.repository()
                + ":" + names.reference() + "\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor(names.repository(), CONFIG, config.getBytes(StandardCharsets.UTF_8)) + ",\"layers\":["
                + String.join(",", layers) + "]}";
        return manifest.getBytes(StandardCharsets.UTF_8);
    }

    private String descriptor(String repository, String mediaType, byte[] blob) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + content.putBlob(repository, blob) + "\",\"size\":"
                + blob.length + "}";
    }

    private static byte[] layer(int size, int position, int variant) {
        byte[] bytes = new byte[size];
        new Random(size * 1000L + position * 10L + variant).nextBytes(bytes);
        if (size >= GZIP.length) {
            System.arraycopy(GZIP, 0, bytes, 0, GZIP.length);
        }
        return bytes;
    }
}

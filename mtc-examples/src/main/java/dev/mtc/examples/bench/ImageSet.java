package dev.mtc.examples.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Images out of layers of random bytes, which nobody can compress.
 *
 * @param name of the set, and of its repository
 * @param images how many
 * @param shared layers that all have
 * @param own layers that each has for itself
 * @param layerMib size of each layer
 */
record ImageSet(String name, int images, int shared, int own, int layerMib) {

    private static final int MIB = 1 << 20;

    /** A blob in the directory of blobs. */
    private record Blob(String digest, long bytes) {
        String descriptor(String type) {
            return "{\"mediaType\":\"application/vnd.oci.image." + type + "\",\"digest\":\"sha256:" + digest
                    + "\",\"size\":" + bytes + "}";
        }
    }

    static ImageSet one(String name, int layers, int layerMib) {
        return new ImageSet(name, 1, 0, layers, layerMib);
    }

    /** {@return images of which each has eight layers in common with the others and two of its own} */
    static ImageSet sharing(String name, int images) {
        return new ImageSet(name, images, 8, 2, 1);
    }

    /** {@return the tags of the images} */
    List<String> tags() {
        return IntStream.rangeClosed(1, images).mapToObj(i -> "v" + i).toList();
    }

    /** {@return where the images lie} */
    String repository(String run) {
        return run + "/" + name;
    }

    /** Writes an OCI layout and has it pushed; another seed makes other bytes. */
    void push(Path directory, long seed, Skopeo skopeo, String run) throws IOException {
        Path blobs = Files.createDirectories(blobs(directory));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Random random = new Random(31 * seed + name.hashCode());
        List<Blob> common = layers(blobs, shared, random);
        List<String> manifests = new ArrayList<>();
        for (String tag : tags()) {
            List<Blob> layers = new ArrayList<>(common);
            layers.addAll(layers(blobs, own, random));
            Blob manifest = manifest(blobs, layers);
            String descriptor = manifest.descriptor("manifest.v1+json");
            manifests.add(descriptor.substring(0, descriptor.length() - 1)
                    + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + tag + "\"}}");
        }
        Files.writeString(
                directory.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", manifests) + "]}");
        tags().forEach(tag -> skopeo.push(directory, tag, repository(run)));
    }

    /** {@return where a layout has its blobs} */
    static Path blobs(Path layout) {
        return layout.resolve("blobs").resolve("sha256");
    }

    private List<Blob> layers(Path blobs, int count, Random random) throws IOException {
        List<Blob> layers = new ArrayList<>();
        byte[] piece = new byte[MIB];
        for (int i = 0; i < count; i++) {
            layers.add(write(blobs, out -> {
                for (int mib = 0; mib < layerMib; mib++) {
                    random.nextBytes(piece);
                    out.write(piece);
                }
            }));
        }
        return layers;
    }

    private static Blob manifest(Path blobs, List<Blob> layers) throws IOException {
        String ids = layers.stream()
                .map(layer -> "\"sha256:" + layer.digest() + "\"")
                .collect(Collectors.joining(","));
        Blob config = text(
                blobs,
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + ids
                        + "]}}");
        return text(
                blobs,
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + config.descriptor("config.v1+json") + ",\"layers\":["
                        + layers.stream()
                                .map(layer -> layer.descriptor("layer.v1.tar"))
                                .collect(Collectors.joining(","))
                        + "]}");
    }

    private static Blob text(Path blobs, String text) throws IOException {
        return write(blobs, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes content. */
    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static Blob write(Path blobs, Content content) throws IOException {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            Path unnamed = Files.createTempFile(blobs, "blob", "");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(unnamed), hash)) {
                content.writeTo(out);
            }
            String digest = HexFormat.of().formatHex(hash.digest());
            long bytes = Files.size(unnamed);
            Files.move(unnamed, blobs.resolve(digest), StandardCopyOption.REPLACE_EXISTING);
            return new Blob(digest, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return images + " x " + (shared + own) + " layers of " + layerMib + " MiB"
                + (shared == 0 ? "" : ", " + shared + " of them in common");
    }
}

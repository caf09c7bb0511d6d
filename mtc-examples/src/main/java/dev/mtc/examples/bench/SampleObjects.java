package dev.mtc.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;

/**
 * ConfigMaps and Secrets in turn, with data of 1 KiB each.
 *
 * @param count how many
 * @param generation another one has other data under the same names
 * @param owner UID of the ConfigMap that owns them all, empty if none does
 */
record SampleObjects(int count, int generation, String owner) {

    /** The name of the ConfigMap that owns them. */
    static final String OWNER = "owner";

    private static final int DATA_BYTES = 1024;

    /** {@return the plural name of an object's kind} */
    String plural(int index) {
        return index % 2 == 0 ? "configmaps" : "secrets";
    }

    /** {@return an object as JSON} */
    String json(int index, String namespace) {
        boolean map = index % 2 == 0;
        byte[] random = new byte[DATA_BYTES * 3 / 4];
        new Random((long) generation * count + index).nextBytes(random);
        String text = Base64.getEncoder().encodeToString(random);
        String data = map ? text : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "{\"apiVersion\":\"v1\",\"kind\":\"" + (map ? "ConfigMap" : "Secret") + "\",\"metadata\":{\"name\":\""
                + String.format("sample-%06d", index) + "\",\"namespace\":\"" + namespace
                + "\",\"labels\":{\"app\":\"bench\"}" + owners() + "},\"data\":{\"content\":\"" + data + "\"}}";
    }

    private String owners() {
        return owner.isEmpty()
                ? ""
                : ",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"" + OWNER
                        + "\",\"uid\":\"" + owner + "\"}]";
    }

    /** Writes all into one file for kubectl. */
    void write(Path file, String namespace) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                writer.append("---\n").append(json(i, namespace)).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e, e);
        }
    }
}

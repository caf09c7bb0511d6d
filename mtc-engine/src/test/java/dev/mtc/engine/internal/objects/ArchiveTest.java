package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    private static final ObjectKey WEB = new ObjectKey("deployments.apps", "shop", "web");
    private static final ObjectKey SHOP = new ObjectKey("namespaces", "", "shop");

    @TempDir
    Path directory;

    private static ObjectNode object(String apiVersion, String name) {
        ObjectNode object = Json.newObject().put("apiVersion", apiVersion);
        object.putObject("metadata").put("name", name).put("note", "Grüße 日本語");
        return object;
    }

    private Archive write(String file, Map<ObjectKey, ObjectNode> objects) {
        try (ArchiveWriter writer = Archive.create(directory.resolve(file))) {
            objects.forEach(writer::add);
            return writer.finish();
        }
    }

    private Archive write(String file) {
        Map<ObjectKey, ObjectNode> objects = new LinkedHashMap<>();
        objects.put(WEB, object("apps/v1", "web"));
        objects.put(SHOP, object("v1", "shop"));
        return write(file, objects);
    }

    @Test
    void forEach_writtenObjects_areReadInOrder() {
        Map<ObjectKey, ObjectNode> read = new LinkedHashMap<>();

        Archive.open(write("a.tar.gz").file()).forEach(key -> true, read::put);

        assertThat(read)
                .containsExactly(Map.entry(WEB, object("apps/v1", "web")), Map.entry(SHOP, object("v1", "shop")));
    }

    @Test
    void add_objects_haveVelerosPaths() throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream file = Files.newInputStream(write("a.tar.gz").file());
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names)
                .containsExactly(
                        "metadata/version",
                        "resources/deployments.apps/namespaces/shop/web.json",
                        "resources/deployments.apps/v1-preferredversion/namespaces/shop/web.json",
                        "resources/namespaces/cluster/shop.json",
                        "resources/namespaces/v1-preferredversion/cluster/shop.json");
    }

    @Test
    void add_longNames_areKept() {
        ObjectKey key = new ObjectKey("widgets." + "x".repeat(90) + ".example.com", "n".repeat(63), "o".repeat(253));

        Archive archive = write("long.tar.gz", Map.of(key, object("e/v1", "o")));

        List<ObjectKey> read = new ArrayList<>();
        archive.forEach(any -> true, (found, object) -> read.add(found));
        assertThat(read).containsExactly(key);
    }

    @Test
    void finish_sameObjectsInOtherFieldOrder_givesSameBytes() {
        ObjectNode other = Json.newObject();
        other.putObject("metadata").put("note", "Grüße 日本語").put("name", "web");
        other.put("apiVersion", "apps/v1");

        Path first = write("a.tar.gz", Map.of(WEB, object("apps/v1", "web"))).file();
        Path second = write("b.tar.gz", Map.of(WEB, other)).file();

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void open_cutOffAnywhere_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write("a.tar.gz").file());
        Path cut = directory.resolve("cut.tar.gz");
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Archive.open(cut))
                    .isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("cut.tar.gz is damaged")
                    .hasMessageContaining("capture the objects again");
        }
    }

    @Test
    void open_flippedBit_isRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(write("a.tar.gz").file());
        bytes[bytes.length / 2] ^= 4;
        Path damaged = Files.write(directory.resolve("damaged.tar.gz"), bytes);

        assertThatThrownBy(() -> Archive.open(damaged)).isInstanceOf(StorageAccessException.class);
    }

    @Test
    void open_otherFile_isRefused() throws IOException {
        Path other = directory.resolve("other.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(other))) {
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> Archive.open(other))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("no backup");
    }

    @Test
    void takeBackSection_lastSection_leavesTheOthers() {
        Map<ObjectKey, ObjectNode> read = new LinkedHashMap<>();
        try (ArchiveWriter writer = Archive.create(directory.resolve("a.tar.gz"))) {
            writer.add(SHOP, object("v1", "shop"));
            writer.beginSection();
            writer.add(new ObjectKey("deployments.apps", "shop", "old"), object("apps/v1", "old"));
            writer.takeBackSection();
            writer.add(WEB, object("apps/v1", "web"));
            writer.beginSection();
            writer.finish();
        }

        Archive.open(directory.resolve("a.tar.gz")).forEach(key -> true, read::put);

        assertThat(read)
                .containsExactly(Map.entry(SHOP, object("v1", "shop")), Map.entry(WEB, object("apps/v1", "web")));
    }

    @Test
    void close_unfinished_leavesNoFile() {
        try (ArchiveWriter writer = Archive.create(directory.resolve("a.tar.gz"))) {
            writer.add(WEB, object("apps/v1", "web"));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void download_uploadedArchive_isTheSame() {
        Archive archive = write("a.tar.gz");
        MapStore store = new MapStore();

        store.put("backups/shop/shop.tar.gz", Content.of(archive.file()));
        Archive.copy(store, "backups/shop/shop.tar.gz", directory.resolve("b.tar.gz"));
        Archive fetched = Archive.open(directory.resolve("b.tar.gz"));

        assertThat(fetched.file()).hasSameBinaryContentAs(archive.file());
    }

    @Test
    void download_cutOffUpload_isRefused() {
        MapStore store = new MapStore();
        store.put("a", Content.of(write("a.tar.gz").file()));
        store.objects.computeIfPresent("a", (key, bytes) -> Arrays.copyOf(bytes, bytes.length - 9));

        Archive.copy(store, "a", directory.resolve("b.tar.gz"));
        assertThatThrownBy(() -> Archive.open(directory.resolve("b.tar.gz")))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("b.tar.gz is damaged");
    }

    @Test
    void requireUnchanged_fileWasChangedOrRemoved_isRefused() throws IOException {
        Path file = directory.resolve("a.tar.gz");
        Archive archive;
        try (ArchiveWriter writer = Archive.create(file)) {
            archive = writer.finish();
        }
        archive.requireUnchanged();

        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        assertThatThrownBy(archive::requireUnchanged).hasMessageContaining("SHA-256");
        Files.delete(file);
        assertThatThrownBy(archive::requireUnchanged).hasMessageContainingAll("a.tar.gz", "gone");
    }
}

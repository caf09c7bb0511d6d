package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Fills an {@link Archive}. The file appears when it is finished; closing before leaves nothing. Not thread-safe. */
public final class ArchiveWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Path unfinished;
    private final Sections zipped;
    private final OutputStream buffer;
    private final TarArchiveOutputStream tar;
    private boolean finished;

    private ArchiveWriter(Path file, Path unfinished, Sections zipped) {
        this.file = file;
        this.unfinished = unfinished;
        this.zipped = zipped;
        this.buffer = new BufferedOutputStream(zipped, BUFFER_BYTES);
        this.tar = new TarArchiveOutputStream(buffer, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    static ArchiveWriter open(Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Sections zipped = null;
        try {
            zipped = Sections.open(unfinished);
            ArchiveWriter writer = new ArchiveWriter(file, unfinished, zipped);
            writer.write(Archive.VERSION_ENTRY, Archive.FORMAT_VERSION.getBytes(StandardCharsets.UTF_8));
            return writer;
        } catch (IOException e) {
            closeAfter(e, zipped);
            throw Archive.unwritable(file, e);
        }
    }

    /** Objects that are added from here on can be taken back. */
    void beginSection() {
        try {
            buffer.flush();
            zipped.begin();
        } catch (IOException e) {
            throw Archive.unwritable(file, e);
        }
    }

    /** Takes back all objects since {@link #beginSection}. */
    void takeBackSection() {
        try {
            buffer.flush();
            zipped.takeBack();
        } catch (IOException e) {
            throw Archive.unwritable(file, e);
        }
    }

    /** Appends an object, once as Velero reads it by default and once below its version. */
    public void add(ObjectKey key, ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        String place =
                (key.namespace().isEmpty() ? "cluster/" : "namespaces/" + key.namespace() + "/") + key.name() + ".json";
        byte[] content = Json.write(object);
        try {
            write("resources/" + key.resource() + "/" + place, content);
            write("resources/" + key.resource() + "/" + version + "-preferredversion/" + place, content);
        } catch (IOException e) {
            throw Archive.unwritable(file, e);
        }
    }

    private void write(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        entry.setMode(0644);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** {@return the archive, complete and in its place} */
    public Archive finish() {
        try {
            tar.close();
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Archive.unwritable(file, e);
        }
        finished = true;
        return Archive.written(file);
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            tar.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw Archive.unwritable(file, e);
        }
    }

    private static void closeAfter(IOException failure, @Nullable OutputStream bytes) {
        if (bytes != null) {
            try {
                bytes.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}

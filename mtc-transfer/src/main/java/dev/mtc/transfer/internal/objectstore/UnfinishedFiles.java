package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.spi.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Where objects are written before they get their names: beside the objects, so that a rename suffices. */
final class UnfinishedFiles {

    private static final String NAME = ".mtc-unfinished";

    /** Nobody is still writing to a file that did not change for so long. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final int BUFFER = 256 * 1024;

    private final Path directory;
    private final AtomicBoolean swept = new AtomicBoolean();

    UnfinishedFiles(Path root) {
        this.directory = root.resolve(NAME);
    }

    static boolean isReserved(String key) {
        return key.equals(NAME) || key.startsWith(NAME + "/");
    }

    /** {@return a new file with the content, on disk; the caller deletes it} */
    Path write(String key, Content content) throws IOException {
        DurableDirectories.create(directory);
        if (swept.compareAndSet(false, true)) {
            deleteAbandoned();
        }
        Path file = directory.resolve(UUID.randomUUID().toString());
        try {
            copy(key, content, file);
            // the file system's clock ticks in milliseconds, which is too coarse to tell two writes apart
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void copy(String key, Content content, Path file) throws IOException {
        try (InputStream opened = content.open();
                FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            SourceBytes in = new SourceBytes(key, opened, content.length());
            byte[] buffer = new byte[BUFFER];
            for (int read = in.fill(buffer, BUFFER); read > 0; read = in.fill(buffer, BUFFER)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            in.requireComplete();
            out.force(true);
        }
    }

    private void deleteAbandoned() throws IOException {
        for (Path file : notWrittenSince(Instant.now().minus(ABANDONED))) {
            Files.deleteIfExists(file);
        }
    }

    /** {@return the files that nobody has written to since some time} */
    List<Path> notWrittenSince(Instant time) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> children = Files.list(directory)) {
            files = children.toList();
        }
        List<Path> old = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                old.add(file);
            }
        }
        return List.copyOf(old);
    }
}

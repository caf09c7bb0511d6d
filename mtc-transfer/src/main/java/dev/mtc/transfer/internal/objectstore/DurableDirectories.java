package dev.mtc.transfer.internal.objectstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directories whose entries survive a power cut. */
final class DurableDirectories {

    private DurableDirectories() {}

    static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectories(directory);
        if (parent != null) {
            flush(parent);
        }
    }

    static void flush(Path directory) throws IOException {
        // Windows neither needs this nor opens directories; one deleted in the meantime was flushed by its deleter
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix") && Files.exists(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}

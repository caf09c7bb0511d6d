package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects as files. An object appears under its key when all of it is on disk. */
final class DirectoryObjectStore implements ObjectStore, UnfinishedUploads {

    private final Path root;
    private final UnfinishedFiles unfinished;

    DirectoryObjectStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.unfinished = new UnfinishedFiles(this.root);
    }

    /** What makes a finished file an object. */
    private interface Placing {
        void place(Path finished, Path file) throws IOException;
    }

    @Override
    public ObjectStat put(String key, Content content) {
        Path file = file(key);
        try {
            return placed(
                    key,
                    content,
                    file,
                    (finished, to) -> Files.move(
                            finished, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        } catch (IOException e) {
            throw failed("put", key, e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, Content content) {
        Path file = file(key);
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            // a link fails if the name is taken, which a move does not promise
            placed(key, content, file, (finished, to) -> Files.createLink(to, finished));
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(file) || isBelowAnObject(key)) {
                throw failed("put", key, e);
            }
            return false;
        } catch (UnsupportedOperationException e) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot put " + key + " in " + description()
                            + ": its file system has no hard links; use a directory on one that has",
                    e);
        } catch (IOException e) {
            throw failed("put", key, e);
        }
    }

    private ObjectStat placed(String key, Content content, Path file, Placing placing) throws IOException {
        Path finished = unfinished.write(key, content);
        try {
            ObjectStat stat = stat(key, Files.readAttributes(finished, BasicFileAttributes.class));
            Path parent = Objects.requireNonNull(file.getParent());
            while (true) {
                DurableDirectories.create(parent);
                try {
                    placing.place(finished, file);
                    break;
                } catch (NoSuchFileException e) {
                    if (!Files.exists(finished)) {
                        throw e;
                    }
                    // a delete took the emptied directory away just now; make it again
                }
            }
            DurableDirectories.flush(parent);
            return stat;
        } finally {
            Files.deleteIfExists(finished);
        }
    }

    @Override
    public InputStream open(String key, long offset) {
        ObjectKeys.requireOffset(offset);
        try {
            FileChannel channel = FileChannel.open(file(key), StandardOpenOption.READ);
            return Channels.newInputStream(channel.position(offset));
        } catch (NoSuchFileException e) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT, "Cannot open " + key + " in " + description() + ": there is no such object", e);
        } catch (IOException e) {
            throw failed("open", key, e);
        }
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file(key), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(stat(key, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (isBelowAnObject(key)) {
                return Optional.empty();
            }
            throw failed("stat", key, e);
        }
    }

    /** The inode tells two writes apart that fall into one tick of the file system's clock. */
    private static ObjectStat stat(String key, BasicFileAttributes attributes) {
        String etag = Long.toHexString(attributes.size()) + "-"
                + attributes.lastModifiedTime().toInstant() + "-" + attributes.fileKey();
        return new ObjectStat(
                key, attributes.size(), etag, attributes.lastModifiedTime().toInstant());
    }

    @Override
    public Stream<ObjectStat> list(String prefix) {
        ObjectKeys.requirePrefix(prefix);
        DirectoryKeys keys = new DirectoryKeys(root, prefix, this::failedList);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(keys, Spliterator.ORDERED | Spliterator.NONNULL), false)
                // one deleted in the meantime is simply not there any more
                .flatMap(key -> stat(key).stream());
    }

    @Override
    public void delete(String key) {
        Path file = file(key);
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file)) {
                deleteEmptied(Objects.requireNonNull(file.getParent()));
            }
        } catch (IOException e) {
            throw failed("delete", key, e);
        }
    }

    private void deleteEmptied(Path directory) throws IOException {
        Path emptied = directory;
        try {
            while (!emptied.equals(root)) {
                Files.deleteIfExists(emptied);
                emptied = Objects.requireNonNull(emptied.getParent());
            }
        } catch (DirectoryNotEmptyException e) {
            // it and its parents stay
        }
        DurableDirectories.flush(emptied);
    }

    /** Whose they would have become is not known. */
    @Override
    public List<String> unfinished(Instant before) {
        try {
            return unfinished.notWrittenSince(before).stream()
                    .map(file -> root.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw failedList(e);
        }
    }

    @Override
    public long removeUnfinished(Instant before) {
        long count = 0;
        try {
            for (Path file : unfinished.notWrittenSince(before)) {
                count += Files.deleteIfExists(file) ? 1 : 0;
            }
            return count;
        } catch (IOException e) {
            throw failedList(e);
        }
    }

    @Override
    public String description() {
        return "directory " + root;
    }

    @Override
    public String toString() {
        return "ObjectStore[" + root + "]";
    }

    @Override
    public void close() {
        // holds nothing open
    }

    private Path file(String key) {
        ObjectKeys.require(key);
        if (UnfinishedFiles.isReserved(key)) {
            throw new IllegalArgumentException(
                    "The key '" + key + "' starts with a name that the store needs for itself");
        }
        return root.resolve(key);
    }

    private boolean isBelowAnObject(String key) {
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
            if (Files.isRegularFile(root.resolve(key.substring(0, slash)))) {
                return true;
            }
        }
        return false;
    }

    private StorageAccessException failedList(IOException e) {
        return new StorageAccessException(
                Remedy.FIX_INPUT, "Cannot list " + description() + ": " + e + "; check the directory's permissions", e);
    }

    private StorageAccessException failed(String verb, String key, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return new StorageAccessException(
                    Remedy.RETRY, "Cannot " + verb + " " + key + " in " + description() + ": interrupted", e);
        }
        String fix = isBelowAnObject(key) || e instanceof NotDirectoryException || Files.isDirectory(root.resolve(key))
                ? "; in a directory a key cannot also be the start of another one, choose another key"
                : "; check the directory's permissions and free space";
        return new StorageAccessException(
                Remedy.FIX_INPUT, "Cannot " + verb + " " + key + " in " + description() + ": " + e + fix, e);
    }
}

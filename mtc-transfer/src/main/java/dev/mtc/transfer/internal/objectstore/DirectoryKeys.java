package dev.mtc.transfer.internal.objectstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;

/** Walks a directory's keys in key order and holds the names of one directory per level, never all keys. */
final class DirectoryKeys implements Iterator<String> {

    private final Path root;
    private final String prefix;
    private final Function<IOException, RuntimeException> failure;

    /** Keys, and with a slash at the end directories: that is what makes "a-b" come before "a/b". */
    private final Deque<Iterator<String>> levels = new ArrayDeque<>();

    private String next = "";

    DirectoryKeys(Path root, String prefix, Function<IOException, RuntimeException> failure) {
        this.root = root;
        this.prefix = prefix;
        this.failure = failure;
        levels.push(children(prefix.substring(0, prefix.lastIndexOf('/') + 1)));
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && !levels.isEmpty()) {
            if (!levels.element().hasNext()) {
                levels.pop();
                continue;
            }
            String child = levels.element().next();
            if (child.endsWith("/")) {
                levels.push(children(child));
            } else {
                next = child;
            }
        }
        return !next.isEmpty();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String key = next;
        next = "";
        return key;
    }

    private Iterator<String> children(String parent) {
        try (Stream<Path> paths = Files.list(root.resolve(parent))) {
            return paths.map(path -> parent
                            + path.getFileName()
                            + (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "/" : ""))
                    .filter(this::isWanted)
                    .sorted(ObjectKeys.ORDER)
                    .toList()
                    .iterator();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Stream.<String>empty().iterator();
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    private boolean isWanted(String child) {
        if (UnfinishedFiles.isReserved(child)) {
            return false;
        }
        return child.endsWith("/")
                ? child.startsWith(prefix) || prefix.startsWith(child)
                : child.startsWith(prefix) && ObjectKeys.isKey(child);
    }
}

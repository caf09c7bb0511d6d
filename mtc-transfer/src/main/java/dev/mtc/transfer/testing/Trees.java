package dev.mtc.transfer.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Trees of files: what is in them, and how two of them differ. */
final class Trees {

    private Trees() {}

    /** {@return what is below a directory, parents before children, by paths relative to it; what vanishes meanwhile is left out} */
    static Map<Path, PosixFileAttributes> list(Path root) throws IOException {
        Map<Path, PosixFileAttributes> files = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return directory.equals(root) ? FileVisitResult.CONTINUE : visitFile(directory, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                files.put(root.relativize(file), attributes(file));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static PosixFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    static void setAttributes(Path file, @Nullable PosixFileAttributes attributes) throws IOException {
        if (attributes != null) {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            view.setPermissions(attributes.permissions());
            view.setTimes(attributes.lastModifiedTime(), null, null);
        }
    }

    /** {@return whether a file is there with the size and time of another one} */
    static boolean isUnchanged(Path file, PosixFileAttributes wanted) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        PosixFileAttributes there = attributes(file);
        return there.size() == wanted.size() && there.lastModifiedTime().equals(wanted.lastModifiedTime());
    }

    /** {@return a line for each path that is not the same on both sides} */
    static List<String> differences(Path source, Path target, boolean withContents) throws IOException {
        Map<Path, PosixFileAttributes> wanted = list(source);
        Map<Path, PosixFileAttributes> there = list(target);
        TreeSet<Path> all = new TreeSet<>(wanted.keySet());
        all.addAll(there.keySet());
        List<String> differences = new ArrayList<>();
        for (Path path : all) {
            if (!there.containsKey(path)) {
                differences.add(path + ": missing on the target");
            } else if (!wanted.containsKey(path)) {
                differences.add(path + ": on the target only");
            } else {
                String facts = facts(source.resolve(path.toString()), withContents);
                String others = facts(target.resolve(path.toString()), withContents);
                if (!facts.equals(others)) {
                    differences.add(path + ": " + facts + " on the source, " + others + " on the target");
                }
            }
        }
        return differences;
    }

    private static String facts(Path file, boolean withContents) throws IOException {
        PosixFileAttributes attributes = attributes(file);
        if (attributes.isSymbolicLink()) {
            return "link to " + Files.readSymbolicLink(file);
        }
        String mode = attributes.permissions().toString();
        if (attributes.isRegularFile()) {
            return "file of " + attributes.size() + " bytes, " + mode + ", " + attributes.lastModifiedTime()
                    + (withContents ? ", " + digest(file) : "");
        }
        return (attributes.isDirectory() ? "directory, " : "other, ") + mode;
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return "SHA-256 " + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}

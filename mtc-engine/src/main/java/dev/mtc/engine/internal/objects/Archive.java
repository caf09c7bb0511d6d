package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.ObjectStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Captured objects in a file, a gzip-compressed tar in Velero's backup layout: {@code
 * resources/<plural>.<group>/namespaces/<namespace>/<name>.json}, or {@code .../cluster/<name>.json} for objects without
 * namespace, and {@code metadata/version}. It is read as a stream, as often as wanted. Immutable.
 */
public final class Archive {

    static final String VERSION_ENTRY = "metadata/version";
    static final String FORMAT_VERSION = "1.1.0";

    /** Without the directories of single versions, which repeat the objects. */
    private static final Pattern OBJECT =
            Pattern.compile("(?:\\./)?resources/([^/]+)/(?:cluster|namespaces/([^/]+))/([^/]+)\\.json");

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final String sha256;
    private final Predicate<ObjectKey> scope;

    private Archive(Path file, String sha256) {
        this(file, sha256, key -> true);
    }

    private Archive(Path file, String sha256, Predicate<ObjectKey> scope) {
        this.file = file;
        this.sha256 = sha256;
        this.scope = scope;
    }

    /**
     * {@return an empty archive to fill}
     *
     * @param file where; replaced when the writer is finished
     */
    public static ArchiveWriter create(Path file) {
        return ArchiveWriter.open(file);
    }

    /**
     * {@return an archive after it was read once to its end}
     *
     * @param file where it is
     * @throws StorageAccessException if it is damaged, cut off or something else
     */
    public static Archive open(Path file) {
        new Archive(file, "").read(key -> false, (key, object) -> {});
        return written(file);
    }

    /** Copies an archive from a repository, unchecked. */
    static void copy(ObjectStore store, String key, Path file) {
        try (InputStream content = store.open(key, 0)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageAccessException(
                    Remedy.RETRY,
                    "Tried to fetch archive " + key + " from " + store.description() + " to " + file + ", but "
                            + e.getMessage() + "; check the space on the disk and the way to the repository",
                    e);
        }
    }

    /** {@return the SHA-256 of the file when this was made, in hexadecimal digits} */
    String sha256() {
        return sha256;
    }

    /**
     * Looks whether the file is still what was written or opened, before it is relied on.
     *
     * @throws StorageAccessException if it is not
     */
    public void requireUnchanged() {
        if (!Files.isReadable(file) || !hash(file).equals(sha256)) {
            throw damaged("it is gone or its SHA-256 is another than when it was written", null);
        }
    }

    static String hash(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException("Archive " + file + " cannot be read: " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    /** {@return where it is} */
    public Path file() {
        return file;
    }

    /** {@return the namespaces of its objects, sorted} */
    Set<String> namespaces() {
        Set<String> found = new TreeSet<>();
        read(
                key -> {
                    found.add(key.namespace());
                    return false;
                },
                (key, object) -> {});
        found.remove("");
        return found;
    }

    /** {@return the same without the objects of other namespaces; those in none stay} */
    Archive within(Collection<String> namespaces) {
        return new Archive(
                file,
                sha256,
                key -> key.resource().equals("namespaces")
                        ? namespaces.contains(key.name())
                        : key.namespace().isEmpty() || namespaces.contains(key.namespace()));
    }

    /**
     * Hands over objects in the order in which they were written.
     *
     * @param wanted which ones; the others are not parsed
     * @param each gets each of them, its own to change
     */
    public void forEach(Predicate<ObjectKey> wanted, BiConsumer<ObjectKey, ObjectNode> each) {
        read(wanted.and(scope), each);
    }

    private void read(Predicate<ObjectKey> wanted, BiConsumer<ObjectKey, ObjectNode> each) {
        String version = "";
        String entryName = "";
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
                InputStream unzipped = new GZIPInputStream(bytes, BUFFER_BYTES);
                TarArchiveInputStream tar = new TarArchiveInputStream(unzipped, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entryName = entry.getName();
                if (entryName.endsWith(VERSION_ENTRY)) {
                    version = new String(tar.readAllBytes(), StandardCharsets.UTF_8).strip();
                }
                Optional<ObjectKey> key = key(entryName).filter(wanted);
                if (key.isPresent()) {
                    each.accept(key.get(), parse(tar, entry));
                }
            }
            // The checksum stands at the end of the stream, behind the padding of the tar.
            unzipped.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw damaged(entryName.isEmpty() ? e.toString() : "after " + entryName + ": " + e, e);
        }
        if (!version.matches("1(\\..*)?")) {
            throw damaged(
                    version.isEmpty() ? "it has no " + VERSION_ENTRY : "its format version is '" + version + "'", null);
        }
    }

    private static ObjectNode parse(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        byte[] content = tar.readAllBytes();
        if (content.length != entry.getSize()) {
            throw new IOException("entry is cut off");
        }
        return Json.read(content);
    }

    private static Optional<ObjectKey> key(String entry) {
        Matcher matcher = OBJECT.matcher(entry);
        return matcher.matches()
                ? Optional.of(new ObjectKey(
                        matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    private StorageAccessException damaged(String why, @Nullable IOException cause) {
        return new StorageAccessException(
                Remedy.FIX_INPUT,
                "Archive " + file + " is damaged, incomplete or no backup in Velero's layout (" + why
                        + "); capture the objects again",
                cause);
    }

    /** An archive that was just written needs no check. */
    static Archive written(Path file) {
        return new Archive(file, hash(file));
    }

    static UncheckedIOException unwritable(Path file, IOException cause) {
        return new UncheckedIOException(
                "Archive " + file + " cannot be written: " + cause + "; check the directory and the space there",
                cause);
    }
}

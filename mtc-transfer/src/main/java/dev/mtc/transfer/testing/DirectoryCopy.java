package dev.mtc.transfer.testing;

import dev.mtc.api.Verification;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.api.spi.TransferStatus.Running;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.transfer.internal.pods.Attempts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One copy of a directory into another, tried again as often as a real mover does; run once. */
final class DirectoryCopy implements Runnable {

    private static final int BUFFER = 64 * 1024;

    private final VolumeMove move;
    private final Path source;
    private final Path target;
    private final DirectoryVolumes volumes;
    /** Where files with several names arrived, by what identifies them. */
    private final Map<Object, Path> linked = new HashMap<>();

    private final List<String> warnings = new ArrayList<>();
    private final long begun = System.nanoTime();
    private long leftUntilCut = DirectoryVolumes.WHOLE;
    private long moved;
    private volatile TransferStatus status = new Running(0, OptionalLong.empty(), "lists files");
    private volatile boolean stopped;
    private final CountDownLatch ended = new CountDownLatch(1);

    DirectoryCopy(VolumeMove move, Path source, Path target, DirectoryVolumes volumes) {
        this.move = move;
        this.source = source;
        this.target = target;
        this.volumes = volumes;
    }

    TransferStatus status() {
        return stopped ? new TransferStatus.Lost() : status;
    }

    /** {@return whether nothing more comes of it: another copy may take its place} */
    boolean isOver() {
        return stopped || status instanceof Failed;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    void stop() {
        stopped = true;
    }

    /** Runs once another that writes to the same directory has ended. */
    void runAfter(DirectoryCopy other) {
        try {
            other.ended.await();
            run();
        } catch (InterruptedException e) {
            ended.countDown();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            TransferStatus end = attempted();
            for (int attempt = 1; end instanceof Failed failure && failure.kind() == Kind.TRANSIENT; attempt++) {
                if (attempt == Attempts.LIMIT) {
                    end = new Failed(
                            failure.kind(),
                            failure.reason(),
                            failure.message() + "\nafter " + attempt + " attempts",
                            failure.fix());
                    break;
                }
                end = attempted();
            }
            status = end;
        } catch (CancellationException e) {
            stopped = true;
        } finally {
            ended.countDown();
        }
    }

    /** What has arrived whole stays and is not sent again. */
    private TransferStatus attempted() {
        leftUntilCut = volumes.nextCut();
        linked.clear();
        warnings.clear();
        try {
            return copied();
        } catch (CutInputStream.CutException e) {
            return failed(
                    Kind.TRANSIENT,
                    "ConnectionLost",
                    "the connection was cut",
                    "make the connection hold and run the migration again");
        } catch (NoSuchFileException e) {
            return failed(Kind.TRANSIENT, "SourceChanges", e.getFile() + " vanished", "stop what writes to the source");
        } catch (IOException e) {
            return failed(Kind.USER_FIXABLE, "FileError", e.toString(), "make the file readable and writable");
        }
    }

    private Failed failed(Kind kind, String reason, String why, String fix) {
        return new Failed(kind, reason, "Copying " + move + " failed: " + why, fix);
    }

    private TransferStatus copied() throws IOException {
        Map<Path, PosixFileAttributes> files = Trees.list(source);
        long total = files.values().stream()
                .filter(PosixFileAttributes::isRegularFile)
                .mapToLong(PosixFileAttributes::size)
                .sum();
        deleteOthers(files);
        for (Map.Entry<Path, PosixFileAttributes> file : files.entrySet()) {
            copy(file.getKey(), file.getValue(), total);
        }
        List<Path> directories = files.entrySet().stream()
                .filter(file -> file.getValue().isDirectory())
                .map(Map.Entry::getKey)
                .sorted(Comparator.reverseOrder())
                .toList();
        for (Path directory : directories) {
            Trees.setAttributes(target.resolve(directory.toString()), files.get(directory));
        }
        Optional<Verification> level =
                move.choice().verification().filter(chosen -> move.pass() == VolumeMove.Pass.COLD);
        if (level.isEmpty()) {
            return new Succeeded(moved, total, null, warnings);
        }
        boolean withContents = level.get() != Verification.METADATA;
        List<String> differences = Trees.differences(source, target, withContents);
        if (!differences.isEmpty()) {
            return failed(
                    Kind.USER_FIXABLE,
                    "VerifyFailed",
                    differences.size() + " differences:\n" + String.join("\n", differences),
                    "make sure that nothing writes to either volume, delete the files named from the target and copy again");
        }
        String proof = files.size() + " entries equal (types, modes, sizes, times, links"
                + (withContents ? ", contents by SHA-256)" : ")");
        return new Succeeded(moved, total, proof, warnings);
    }

    private void deleteOthers(Map<Path, PosixFileAttributes> files) throws IOException {
        Map<Path, PosixFileAttributes> there = Trees.list(target);
        List<Path> others = there.entrySet().stream()
                .filter(file -> isOfAnotherKind(file.getValue(), files.get(file.getKey())))
                .map(Map.Entry::getKey)
                .sorted(Comparator.reverseOrder())
                .toList();
        for (Path other : others) {
            delete(target.resolve(other.toString()));
        }
    }

    private static boolean isOfAnotherKind(PosixFileAttributes there, @Nullable PosixFileAttributes wanted) {
        return wanted == null
                || there.isDirectory() != wanted.isDirectory()
                || there.isRegularFile() != wanted.isRegularFile()
                || there.isSymbolicLink() != wanted.isSymbolicLink();
    }

    /** A directory that makes room for a file may have children that stay by name only. */
    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> children = Files.list(path)) {
                for (Path child : children.collect(Collectors.toList())) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private void copy(Path name, PosixFileAttributes attributes, long total) throws IOException {
        requireGoing();
        Path from = source.resolve(name.toString());
        Path to = target.resolve(name.toString());
        try {
            if (attributes.isDirectory()) {
                Files.createDirectories(to);
            } else if (attributes.isSymbolicLink()) {
                link(Files.readSymbolicLink(from), to);
            } else if (attributes.isRegularFile()) {
                file(from, to, attributes, total);
            } else {
                warnings.add(name + " is neither file, directory nor link and was left out");
            }
        } catch (NoSuchFileException e) {
            if (move.pass() == VolumeMove.Pass.COLD) {
                throw e;
            }
            warnings.add(name + " vanished while it was copied");
        }
    }

    private static void link(Path destination, Path to) throws IOException {
        if (Files.isSymbolicLink(to) && Files.readSymbolicLink(to).equals(destination)) {
            return;
        }
        Files.deleteIfExists(to);
        Files.createSymbolicLink(to, destination);
    }

    private void file(Path from, Path to, PosixFileAttributes attributes, long total) throws IOException {
        Path other = linked.putIfAbsent(attributes.fileKey(), to);
        if (other != null) {
            if (!Files.exists(to) || !Files.isSameFile(other, to)) {
                Files.deleteIfExists(to);
                Files.createLink(to, other);
            }
            return;
        }
        if (!Trees.isUnchanged(to, attributes)) {
            Path unfinished = Files.createTempFile(to.getParent(), ".mtc-", ".part");
            try {
                send(from, unfinished, total);
                Files.move(unfinished, to, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
        Trees.setAttributes(to, attributes);
    }

    private void send(Path from, Path to, long total) throws IOException {
        byte[] buffer = new byte[BUFFER];
        boolean isCorrupted = volumes.isNextCorrupted();
        try (InputStream in = new CutInputStream(Files.newInputStream(from), leftUntilCut, volumes::wasCut);
                OutputStream out = Files.newOutputStream(to)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                requireGoing();
                if (isCorrupted && read > 0) {
                    buffer[0] ^= 1;
                    isCorrupted = false;
                }
                out.write(buffer, 0, read);
                moved += read;
                leftUntilCut -= read;
                status = new Running(moved, OptionalLong.of(total), moved + " of " + total + " bytes");
                slowDown();
            }
        }
    }

    private void slowDown() {
        double seconds = (double) moved / volumes.bytesPerSecond();
        long early = (long) (seconds * TimeUnit.SECONDS.toNanos(1)) - (System.nanoTime() - begun);
        if (early > 0) {
            LockSupport.parkNanos(early);
        }
    }

    private void requireGoing() {
        if (stopped || Thread.currentThread().isInterrupted()) {
            throw new CancellationException();
        }
    }
}

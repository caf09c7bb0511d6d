package dev.mtc.engine.internal.objects;

import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import dev.mtc.api.RepositoryFindings;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.engine.internal.objects.BackupSurvey.Backup;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads all complete captures in a repository and compares the archives with what their descriptions say. Used once. */
final class BackupCheck {

    private static final String DAMAGED = "DamagedContent";

    private final ObjectStore store;
    private final List<Problem> problems = new ArrayList<>();
    private long objects;
    private long bytes;

    private BackupCheck(ObjectStore store) {
        this.store = store;
    }

    static RepositoryFindings of(ObjectStore store) {
        BackupCheck check = new BackupCheck(store);
        BackupSurvey.of(store).forEach(check::look);
        return new RepositoryFindings(check.objects, check.bytes, check.problems);
    }

    private void look(Backup backup) {
        if (backup.fault() != null) {
            String key = BackupLocation.ROOT + backup.name() + BackupLocation.DESCRIPTION;
            wrong(key, DAMAGED, Objects.requireNonNull(backup.fault()), backup);
        } else if (backup.plan() != null) {
            archive(backup);
            report(backup);
        }
    }

    private void archive(Backup backup) {
        String key = BackupLocation.key(backup.name(), BackupLocation.ARCHIVE);
        if (isMissing(key, backup)) {
            return;
        }
        MessageDigest hash = sha256();
        try (InputStream in = new DigestInputStream(store.open(key, 0), hash)) {
            count(in);
        } catch (IOException e) {
            throw unreadable(key, e);
        }
        if (!HexFormat.of().formatHex(hash.digest()).equals(backup.sha256())) {
            wrong(key, DAMAGED, "its SHA-256 is another than its description says", backup);
        }
    }

    private void report(Backup backup) {
        String key = BackupLocation.key(backup.name(), BackupLocation.REPORT);
        if (isMissing(key, backup)) {
            return;
        }
        try (InputStream in = new GZIPInputStream(store.open(key, 0))) {
            count(in);
        } catch (ZipException | EOFException e) {
            wrong(key, DAMAGED, "it cannot be unpacked: " + e.getMessage(), backup);
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    private void count(InputStream in) throws IOException {
        bytes += in.transferTo(OutputStream.nullOutputStream());
        objects++;
    }

    /** A run that has begun meanwhile deletes old captures. */
    private boolean isMissing(String key, Backup backup) {
        if (store.stat(key).isPresent()) {
            return false;
        }
        if (store.stat(BackupLocation.ROOT + backup.name() + BackupLocation.DESCRIPTION)
                .isPresent()) {
            wrong(key, "MissingContent", "it is not there", backup);
        }
        return true;
    }

    private void wrong(String key, String code, String what, Backup backup) {
        String plan = backup.plan() == null ? "" : " of plan " + backup.plan();
        problems.add(Problem.error(
                key,
                code,
                what + "; it belongs to the objects that run " + backup.name() + plan + " captured",
                "delete " + BackupLocation.ROOT + backup.name()
                        + "/; a run that has not ended captures the objects again, another cut-over does, too"));
    }

    private StorageAccessException unreadable(String key, IOException e) {
        return new StorageAccessException(
                Remedy.RETRY, "Cannot read " + key + " in " + store.description() + ": " + e + "; try again", e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}

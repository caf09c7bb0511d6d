package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.internal.registry.UploadingProcess.FileNotes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of large blobs that are cut go on where they stopped. */
class LargeUploadIT {

    private static final long MIB = 1024 * 1024;
    private static final long LARGE = 1024 * MIB;
    private static final long SMALLER = 64 * MIB;
    private static final long MOST_AGAIN = 16 * MIB;

    private final CountingRegistry source = new CountingRegistry();
    private final CountingRegistry target = new CountingRegistry();
    private final Map<String, String> notes = new ConcurrentHashMap<>();
    private final RunContext context = new RunContext("run", source.connection(), target.connection()).noting(notes);
    private final RegistryImageMover mover = new RegistryImageMover(new Limits(4, 4, Duration.ofMillis(50)));
    private final ImageMove move = new ImageMove("k", source.host() + "/shop/web:1", target.host() + "/eu/web:1");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        context.close();
        source.close();
        target.close();
    }

    private static void cut() {
        throw new IllegalStateException("cut");
    }

    /** The configuration comes in a blob of its own. */
    private void assertArrived(Digest layer, long bytes, long mostAgain) {
        assertThat(target.hasBlob(layer)).isTrue();
        assertThat(target.hasManifest("1")).isTrue();
        assertThat(target.received() - bytes).isBetween(0L, mostAgain + MIB);
        assertThat(notes).isEmpty();
    }

    @Test
    void copy_whoseConnectionIsCutLate_sendsOnlyTheRest() {
        Digest layer = source.putImage("1", LARGE);
        target.when(LARGE / 10 * 9, LargeUploadIT::cut);

        TransferStatus.Succeeded end = Copying.copied(mover, move, context);

        assertArrived(layer, LARGE, MOST_AGAIN);
        // what was on its way in the buffers of the broken connections counts as read, too
        assertThat(source.read() - LARGE).as("read again").isLessThan(LARGE / 10);
        assertThat(end.movedBytes()).isEqualTo(end.totalBytes());
        assertThat(end.warnings()).isEmpty();
    }

    @Test
    void copy_whoseRegistryIsRestartedLate_sendsOnlyTheRest() {
        Digest layer = source.putImage("1", LARGE);
        target.when(LARGE / 10 * 9, () -> {
            target.restart();
            cut();
        });

        Copying.copied(mover, move, context);

        assertArrived(layer, LARGE, MOST_AGAIN);
    }

    @Test
    void copy_whoseProcessIsKilledLate_sendsOnlyTheRest() throws IOException, InterruptedException {
        Digest layer = source.putImage("1", LARGE);
        CountDownLatch late = new CountDownLatch(1);
        target.when(LARGE / 10 * 9, late::countDown);
        Path file = folder.resolve("notes");
        Process first = UploadingProcess.start(move, file);
        assertThat(late.await(2, TimeUnit.MINUTES)).isTrue();
        first.destroyForcibly().waitFor();
        assertThat(target.hasManifest("1")).isFalse();

        try (RunContext again =
                new RunContext("run", source.connection(), target.connection()).noting(new FileNotes(file))) {
            TransferStatus.Succeeded end = Copying.copied(mover, move, again);
            assertThat(end.warnings()).isEmpty();
        }

        assertArrived(layer, LARGE, MOST_AGAIN);
    }

    @Test
    void copy_refusedOnItsWay_goesOn() {
        Digest layer = source.putImage("1", SMALLER);
        target.when(SMALLER / 2, () -> {
            throw new CountingRegistry.Refusal(503);
        });

        Copying.copied(mover, move, context);

        assertArrived(layer, SMALLER, MOST_AGAIN);
    }

    @Test
    void copy_whoseUploadTheRegistryLost_beginsAnewAndSaysSo() {
        Digest layer = source.putImage("1", SMALLER);
        target.when(SMALLER / 2, () -> {
            target.loseUploads();
            cut();
        });

        TransferStatus.Succeeded end = Copying.copied(mover, move, context);

        assertArrived(layer, SMALLER, SMALLER);
        assertThat(target.received()).isGreaterThan(SMALLER / 2 * 3);
        assertThat(end.warnings())
                .singleElement()
                .asString()
                .contains("lost the unfinished upload of the blob " + layer)
                .contains("sent again from its start");
        assertThat(end.movedBytes()).isEqualTo(end.totalBytes());
    }

    @Test
    void copy_afterWhatAnotherProcessSentWrongly_beginsAnew() {
        Digest layer = source.putImage("1", SMALLER);
        notes.put("upload " + target.host() + "/eu/web@" + layer, target.beginWrongUpload("eu/web", 1_000_000));

        Copying.copied(mover, move, context);

        assertArrived(layer, SMALLER, SMALLER);
    }

    @Test
    void copy_whoseLastAnswerIsLost_sendsNothingAgain() {
        Digest layer = source.putImage("1", SMALLER);
        target.swallowNextAnswer();

        TransferStatus.Succeeded end = Copying.copied(mover, move, context);

        assertArrived(layer, SMALLER, 0);
        assertThat(end.movedBytes()).isEqualTo(end.totalBytes());
        assertThat(end.warnings()).isEmpty();
    }
}

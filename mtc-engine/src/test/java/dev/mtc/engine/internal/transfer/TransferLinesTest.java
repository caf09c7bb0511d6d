package dev.mtc.engine.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Progress;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.transfer.TransferRow.State;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the pipeline says of rows in each state, at a fixed time. */
class TransferLinesTest {

    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = BEGUN.plusSeconds(63);
    private static final TransferRef REF = new TransferRef("mover", "token");
    private static final TransferStatus.Succeeded SUCCESS =
            new TransferStatus.Succeeded(400, 1000, "equal", List.of());

    private static TransferRow pending(String name) {
        return TransferRow.pending(name, name, name);
    }

    private static TransferRow running(String name, int attempt) {
        return pending(name).started(REF, BEGUN).running(new TransferStatus.Helper("sender-" + attempt, attempt, 5));
    }

    private static TransferRow done(String name) {
        return running(name, 1).moved(SUCCESS, BEGUN.plusSeconds(5)).in(State.DONE, "");
    }

    private static TransferRow failed(String name) {
        return running(name, 5).over(State.FAILED, "full", BEGUN.plusSeconds(9));
    }

    private static Progress.Item moving(String kind, String name, long bytes) {
        return new Progress.Item(
                kind, name, "running", bytes, OptionalLong.of(1000), OptionalDouble.of(1.5e6), "held");
    }

    private static TransferTable table(List<Progress.Item> items, TransferRow... rows) {
        return new TransferTable(List.of(rows), items, NOW);
    }

    @Test
    void volumes_inEachState_haveMtcsLinesInTheirOrder() {
        TransferTable table = table(
                List.of(moving("volume", "shop/b", 400)),
                done("shop/d"),
                running("shop/b", 2),
                pending("shop/a"),
                failed("shop/c"));

        assertThat(TransferLines.volumes(table))
                .containsExactly(
                        "4 total volumes; 1 successful; 1 running; 1 failed",
                        "[a] shop/a: Pending",
                        "[b] shop/sender-2: Running - Attempt 2 of 5 40% (Transfer rate 1.50 MB/s) (1m3s)",
                        "[c] shop/sender-5: Failed - Attempt 5 of 5 (9s)",
                        "[d] shop/sender-1: Completed (5s)");
    }

    @Test
    void storedVolumes_onTheWayInAndOut_haveTheLinesOfPodVolumes() {
        TransferTable table = table(
                List.of(moving("volume", "shop/b", 400), moving("volume", "shop/c", 750)),
                pending("shop/a"),
                running("shop/b", 1),
                running("shop/c", 1),
                done("shop/d"),
                failed("shop/e"));

        assertThat(TransferLines.storedVolumes(table))
                .containsExactly(
                        "5 total volumes; 1 successful; 2 running; 1 failed",
                        "PodVolumeBackup shop/a: Waiting for ongoing volume backup(s) to complete",
                        "PodVolumeBackup shop/b: 400 bytes out of 500 bytes backed up (1m3s)",
                        "PodVolumeBackup shop/c: 500 bytes out of 500 bytes backed up (1m3s)",
                        "PodVolumeRestore shop/c: 250 bytes out of 500 bytes restored (1m3s)",
                        "PodVolumeBackup shop/d: 1.00 kB out of 1.00 kB backed up (5s)",
                        "PodVolumeRestoreCompleted shop/d: 1.00 kB out of 1.00 kB restored (5s)",
                        "PodVolumeBackup shop/e: Failed. 0 bytes out of 0 bytes backed up (9s)");
    }

    @Test
    void images_ofStreams_countAsTheirStream() {
        TransferTable table = table(
                List.of(),
                done("r/shop/web:1").partOf("shop/web"),
                running("r/shop/web:2", 1).partOf("shop/web"),
                done("r/shop/db:1").partOf("shop/db"),
                failed("r/shop/api:1").partOf("shop/api"));

        assertThat(TransferLines.images(table))
                .containsExactly(
                        "3 total ImageStreams; 1 running; 1 successful; 1 failed",
                        "ImageStream shop/api: Failed ",
                        "ImageStream shop/db: Completed ",
                        "ImageStream shop/web: Running ");
    }

    @Test
    void images_ofNoStream_haveLinesOfTheirOwn() {
        TransferTable table = table(List.of(), running("r/shop/web:1", 1), pending("r/shop/db:1"));

        assertThat(TransferLines.images(table))
                .containsExactly(
                        "0 total ImageStreams; 0 running; 0 successful; 0 failed",
                        "2 total images; 1 running; 0 successful; 0 failed",
                        "Image r/shop/db:1: Pending",
                        "Image r/shop/web:1: Running");
    }
}

package dev.mtc.transfer.internal.restic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Running;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResticProgressTest {

    private static final String STATUS = "{\"message_type\":\"status\",\"seconds_elapsed\":1,\"percent_done\":0.14,"
            + "\"total_files\":30010,\"files_done\":314,\"total_bytes\":503485380,\"bytes_done\":74572250,"
            + "\"current_files\":[\"/volume/a \\\"b\"]}";

    private static Running status(String log, Half half, long size) {
        return ResticProgress.latest(log).orElseThrow().status(half, size, helper(1));
    }

    @Test
    void latest_resticsOwn_countsTheWayInOnly() {
        Running running = status("progress listing done=0 total=0\n" + STATUS + "\n", Half.BACKUP, 0);

        assertThat(running.transferredBytes()).isEqualTo(74_572_250);
        assertThat(running.totalBytes()).isEqualTo(OptionalLong.of(2 * 503_485_380L));
        assertThat(running.detail()).isEqualTo("into the repository, 314 of 30010 files");
    }

    @Test
    void latest_lineCut_isTheOneBefore() {
        assertThat(status(STATUS + "\n" + STATUS.substring(0, 90), Half.BACKUP, 0)
                        .transferredBytes())
                .isEqualTo(74_572_250);
    }

    @Test
    void latest_noneOrForeignLines_isEmpty() {
        assertThat(ResticProgress.latest("")).isEmpty();
        assertThat(ResticProgress.latest("successfully removed locks\n{}\n{\"message_type\":\"summary\"}\nprogress x"))
                .isEmpty();
    }

    @Test
    void status_ofAllThatIsDone_neverGoesBack() {
        String[] log = {
            "progress listing done=0 total=0",
            STATUS.replace("503485380", "1000").replace("74572250", "600"),
        };
        String[] afterwards = {
            "progress fetching done=0 total=0",
            "progress listing done=0 total=0",
            "progress restoring done=0 total=100",
            "progress restoring done=100 total=100",
            "progress comparing done=10 total=1000",
        };
        long last = 0;
        for (String line : log) {
            last = assertNotBelow(last, status(line, Half.BACKUP, 0));
        }
        last = assertNotBelow(last, status("progress comparing done=1 total=1000", Half.BACKUP, 1000));
        for (String line : afterwards) {
            last = assertNotBelow(last, status(line, Half.RESTORE, 1000));
        }
        assertThat(last).isEqualTo(2000);
    }

    private static long assertNotBelow(long last, Running running) {
        assertThat(running.transferredBytes()).as(running.detail()).isGreaterThanOrEqualTo(last);
        return running.transferredBytes();
    }

    @Test
    void status_laterAttempt_isTold() {
        assertThat(ResticProgress.latest(STATUS)
                        .orElseThrow()
                        .status(Half.BACKUP, 0, helper(3))
                        .detail())
                .endsWith(", attempt 3 of 5");
    }

    private static TransferStatus.Helper helper(int attempt) {
        return new TransferStatus.Helper("sender", attempt, 5);
    }
}

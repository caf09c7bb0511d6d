package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Running;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TransferProgressTest {

    @Test
    void latest_listIncomplete_tellsBytesAndNoTotal() {
        Running running = TransferProgress.latest(
                        "      629145600  90%  216.14MB/s    0:00:02 (xfr#1, ir-chk=1049/1052) total= files= via=tunnel, because of x: no\n")
                .orElseThrow()
                .status(helper(1), " via tunnel");

        assertThat(running.transferredBytes()).isEqualTo(629_145_600);
        assertThat(running.totalBytes()).isEmpty();
        assertThat(running.detail()).isEqualTo("3 of 1052 or more files, 629.15 MB moved via tunnel");
    }

    @Test
    void latest_severalLines_takesTheLastThatParses() {
        TransferProgress progress = TransferProgress.latest(String.join(
                        "\n",
                        "             10   0%    0.00kB/s    0:00:00 (xfr#1, to-chk=9/10) total=100 files=9",
                        "             20   0%    0.00kB/s    0:00:00 (xfr#2, to-chk=8/10) total=100 files=9",
                        "          32768   0%    0.00kB/s    0:00:00 total=100 files=9"))
                .orElseThrow();

        assertThat(progress.moved()).isEqualTo(20);
        assertThat(progress.total()).isEqualTo(OptionalLong.of(100));
    }

    @Test
    void latest_insideTheFirstFile_tellsBytesOnly() {
        Running running = TransferProgress.latest(
                        "          32768   0%    0.00kB/s    0:00:00   (xfr#0, ir-chk=0/0) total=100000 files=1\n")
                .orElseThrow()
                .status(helper(1), "");

        assertThat(running.transferredBytes()).isEqualTo(32_768);
        assertThat(running.detail()).isEqualTo("32.77 kB moved");
    }

    @Test
    void latest_noProgressYet_isEmpty() {
        assertThat(TransferProgress.latest("")).isEmpty();
        assertThat(TransferProgress.latest("rsync: something else\n")).isEmpty();
    }

    @Test
    void status_filesFoundEqual_countTowardsTheTotal() {
        TransferProgress half = new TransferProgress(0, 0, 50, 100, true, OptionalLong.of(1000), OptionalLong.of(90));
        assertThat(half.status(helper(1), "").transferredBytes()).isEqualTo(444);

        TransferProgress allMoved =
                new TransferProgress(400, 50, 50, 100, true, OptionalLong.of(1000), OptionalLong.of(90));
        assertThat(allMoved.status(helper(1), "").transferredBytes()).isEqualTo(400);

        TransferProgress oneOfTwoInADirectory =
                new TransferProgress(500, 1, 1, 3, true, OptionalLong.of(1000), OptionalLong.of(2));
        assertThat(oneOfTwoInADirectory.status(helper(1), "").transferredBytes()).isEqualTo(500);

        TransferProgress end = new TransferProgress(10, 1, 0, 100, true, OptionalLong.of(1000), OptionalLong.of(90));
        assertThat(end.status(helper(1), "").transferredBytes()).isEqualTo(1000);
    }

    @Test
    void status_laterAttempt_saysSo() {
        assertThat(new TransferProgress(0, 0, 1, 2, true, OptionalLong.empty(), OptionalLong.empty())
                        .status(helper(3), "")
                        .detail())
                .endsWith(", attempt 3 of 5");
    }

    private static TransferStatus.Helper helper(int attempt) {
        return new TransferStatus.Helper("sender", attempt, 5);
    }
}

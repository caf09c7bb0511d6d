package dev.mtc.transfer.internal.pods;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PodReportTest {

    @Test
    void parse_message_keepsNumbersAndLists() {
        PodReport report = PodReport.parse(
                "exit=23\nfiles=2103\ntotal=67146666\nfull=no\ndenied=yes\nerror=rsync: a=b\nerror=second\ntunnel=alert\n");

        assertThat(report.number("files")).isEqualTo(2103);
        assertThat(report.number("total")).isEqualTo(67_146_666L);
        assertThat(report.isYes("full")).isFalse();
        assertThat(report.isYes("denied")).isTrue();
        assertThat(report.lines("error")).containsExactly("rsync: a=b", "second");
        assertThat(report.lastLines()).isEqualTo("rsync: a=b\nsecond\nstunnel: alert");
    }

    @Test
    void parse_cutOrForeignMessage_isTolerated() {
        PodReport report = PodReport.parse("no such thing\n=x\nliteral=12x\nexi");

        assertThat(report.number("literal")).isZero();
        assertThat(report.number("missing")).isZero();
        assertThat(report.has("exit")).isFalse();
    }
}

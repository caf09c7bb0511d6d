package dev.mtc.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line as MTC writes it, as programs read them. */
class ProgressLinesTest {

    private static final String MTC = "openshift-migration";

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "499, 0s",
        "500, 1s",
        "5000, 5s",
        "59499, 59s",
        "59500, 1m0s",
        "63000, 1m3s",
        "3600000, 1h0m0s",
        "3665000, 1h1m5s"
    })
    void duration_ofMillis_isWrittenAsGoDoes(long millis, String text) {
        assertThat(ProgressLines.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    private static Stream<Arguments> lines() {
        return Stream.concat(objectsAndHooks(), Stream.concat(volumes(), Stream.concat(stored(), images())));
    }

    private static Arguments line(String actual, String expected) {
        return Arguments.of(expected, actual);
    }

    private static Stream<Arguments> objectsAndHooks() {
        return Stream.of(
                line(ProgressLines.backupNotStarted(MTC, "b"), "Backup openshift-migration/b: Not started"),
                line(
                        ProgressLines.backup(MTC, "b", 0, 0, Duration.ofSeconds(5)),
                        "Backup openshift-migration/b: 0 out of estimated total of 0 objects backed up (5s)"),
                line(
                        ProgressLines.backup(MTC, "b", 7, 30, Duration.ofSeconds(63)),
                        "Backup openshift-migration/b: 7 out of estimated total of 30 objects backed up (1m3s)"),
                line(ProgressLines.restoreNotStarted(MTC, "r"), "Restore openshift-migration/r: Not started"),
                line(
                        ProgressLines.restore(MTC, "r", 7, 30, Duration.ofSeconds(61)),
                        "Restore openshift-migration/r: 7 out of estimated total of 30 objects restored (1m1s)"),
                line(
                        ProgressLines.restorePartiallyFailed(MTC, "r", 7, 30, Duration.ofSeconds(61)),
                        "Restore openshift-migration/r: partially failed. 7 out of estimated total of 30 objects"
                                + " restored (1m1s)"),
                line(ProgressLines.job("shop/flush", "Running"), "Job shop/flush: Running"));
    }

    private static Stream<Arguments> volumes() {
        OptionalLong unknown = OptionalLong.empty();
        return Stream.of(
                line(ProgressLines.volumes(3, 1, 1, 1), "3 total volumes; 1 successful; 1 running; 1 failed"),
                line(volume("Pending", 0, unknown, null, null), "[data] shop/sender: Pending"),
                line(
                        volume("Running", 1, OptionalLong.of(40), "1.50 MB/s", "1m3s"),
                        "[data] shop/sender: Running 40% (Transfer rate 1.50 MB/s) (1m3s)"),
                line(
                        volume("Running", 2, OptionalLong.of(40), "1.50 MB/s", "1m3s"),
                        "[data] shop/sender: Running - Attempt 2 of 5 40% (Transfer rate 1.50 MB/s) (1m3s)"),
                line(volume("Completed", 1, unknown, null, "5s"), "[data] shop/sender: Completed (5s)"),
                line(volume("Failed", 5, unknown, null, "5s"), "[data] shop/sender: Failed - Attempt 5 of 5 (5s)"));
    }

    private static String volume(
            String state, int attempt, OptionalLong percent, @Nullable String rate, @Nullable String took) {
        return new ProgressLines.Volume("data", "shop/sender", state, attempt, 5, percent, rate, took).line();
    }

    private static Stream<Arguments> stored() {
        ProgressLines.Stored half = new ProgressLines.Stored("shop/data", 1500, 10_000_000, "5s");
        return Stream.of(
                line(
                        ProgressLines.backupWaits("shop/data"),
                        "PodVolumeBackup shop/data: Waiting for ongoing volume backup(s) to complete"),
                line(half.backup(), "PodVolumeBackup shop/data: 1.50 kB out of 10.00 MB backed up (5s)"),
                line(
                        half.failedBackup(),
                        "PodVolumeBackup shop/data: Failed. 1.50 kB out of 10.00 MB backed up (5s)"),
                line(half.restore(), "PodVolumeRestore shop/data: 1.50 kB out of 10.00 MB restored (5s)"),
                line(half.completed(), "PodVolumeRestoreCompleted shop/data: 1.50 kB out of 10.00 MB restored (5s)"),
                line(
                        half.failedRestore(),
                        "PodVolumeRestore shop/data: Failed. 1.50 kB out of 10.00 MB restored (5s)"));
    }

    private static Stream<Arguments> images() {
        return Stream.of(
                line(
                        ProgressLines.imageStreams(3, 1, 1, 1),
                        "3 total ImageStreams; 1 running; 1 successful; 1 failed"),
                line(ProgressLines.imageStream("shop/web", "Running"), "ImageStream shop/web: Running "),
                line(ProgressLines.images(3, 1, 1, 1), "3 total images; 1 running; 1 successful; 1 failed"),
                line(ProgressLines.image("quay.io/shop/web:1", "Running"), "Image quay.io/shop/web:1: Running"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void lines_areMtcs(String expected, String actual) {
        assertThat(actual).isEqualTo(expected);
    }
}

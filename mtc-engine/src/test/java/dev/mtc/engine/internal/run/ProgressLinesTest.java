package dev.mtc.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLinesTest {

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

    @Test
    void objects_inNumbers_areMtcsLines() {
        assertThat(ProgressLines.backup("openshift-migration", "shop-wpc44", 0, Duration.ofSeconds(5)))
                .isEqualTo(
                        "Backup openshift-migration/shop-wpc44: 0 out of estimated total of 0 objects backed up (5s)");
        assertThat(ProgressLines.restore("openshift-migration", "shop-1", 7, 30, Duration.ofSeconds(61)))
                .isEqualTo(
                        "Restore openshift-migration/shop-1: 7 out of estimated total of 30 objects restored (1m1s)");
    }

    @Test
    void volumes_inNumbers_areMtcsLines() {
        assertThat(ProgressLines.volumes(3, 1, 1, 1)).isEqualTo("3 total volumes; 1 successful; 1 running; 1 failed");
        assertThat(ProgressLines.volume("shop", "data", "Running", OptionalLong.of(40), OptionalDouble.of(1.5e6)))
                .isEqualTo("[data] shop/data: Running 40% (Transfer rate 1.50 MB/s)");
        assertThat(ProgressLines.volume("shop", "data", "Pending", OptionalLong.empty(), OptionalDouble.empty()))
                .isEqualTo("[data] shop/data: Pending");
    }
}

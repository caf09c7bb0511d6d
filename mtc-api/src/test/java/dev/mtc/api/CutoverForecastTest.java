package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.CutoverForecast.Span;
import dev.mtc.api.CutoverForecast.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutoverForecastTest {

    private static final Instant STOPPED = Instant.parse("2026-03-01T10:00:00Z");
    private static final CutoverForecast FORECAST = new CutoverForecast(
            List.of(new Volume("shop/data", 2, 1_000_000, 2_000_000, span(5_400, 12_100), "2 passes")),
            span(5_400, 12_100),
            span(12_000, 80_000),
            List.of("3 pods are given at most 30s to stop"));
    private static final CutoverForecast UNMEASURED = new CutoverForecast(
            List.of(new Volume("shop/data", 0, -1, -1, null, "no pass was measured")),
            null,
            null,
            List.of("no stage was measured"));

    private static Span span(long leastMillis, long mostMillis) {
        return new Span(Duration.ofMillis(leastMillis), Duration.ofMillis(mostMillis));
    }

    @Test
    void describe_saysTheRangesAndWhatTheyComeFrom() {
        assertThat(FORECAST.describe())
                .isEqualTo(
                        """
                        applications stopped for 12 s to 1 min 20 s, volumes 5 s to 13 s of it
                            volume shop/data: 1.00 MB to 2.00 MB in 5 s to 13 s (2 passes)
                            3 pods are given at most 30s to stop""");
    }

    @Test
    void describe_unmeasured_givesNoFigure() {
        assertThat(UNMEASURED.describe())
                .isEqualTo(
                        """
                        applications stopped for a time that is not known, volumes not known
                            volume shop/data: not known (no pass was measured)
                            no stage was measured""");
    }

    @Test
    void preview_withForecast_saysItInTextAndJson() {
        Preview preview = new Preview(List.of(), List.of());

        assertThat(preview.describe()).doesNotContain("FORECAST");
        assertThat(preview.toJson()).doesNotContain("forecast");
        assertThat(preview.forecast(FORECAST).describe()).endsWith("\n  FORECAST " + FORECAST.describe());
        for (CutoverForecast forecast : List.of(FORECAST, UNMEASURED)) {
            Preview with = preview.forecast(forecast);
            assertThat(Preview.fromJson(with.toJson())).isEqualTo(with);
            assertThat(CutoverForecast.fromJson(forecast.toJson())).isEqualTo(forecast);
        }
        assertThat(Preview.fromJson(preview.toJson()).forecast()).isEqualTo(CutoverForecast.NONE);
    }

    @Test
    void report_withDowntime_showsItBesideTheForecast() throws JsonProcessingException {
        MigrationResult result = new MigrationResult(
                "run-1",
                "shop",
                "Final",
                MigrationResult.Status.SUCCEEDED,
                List.of(),
                List.of(),
                List.of(),
                STOPPED.minusSeconds(20),
                STOPPED.plusSeconds(50),
                STOPPED,
                List.of(),
                new Downtime(STOPPED, STOPPED.plusSeconds(41), Duration.ofSeconds(11), FORECAST));

        assertThat(result.report().toText())
                .contains("\n  DOWNTIME applications stopped for 41.0 s, volumes 11.0 s of it; forecast: applications"
                        + " stopped for 12 s to 1 min 20 s, volumes 5 s to 13 s of it\n");
        JsonNode downtime =
                new ObjectMapper().readTree(result.report().toJson()).path("downtime");
        assertThat(downtime.path("tookMillis").asLong()).isEqualTo(41_000);
        assertThat(downtime.path("volumesMillis").asLong()).isEqualTo(11_000);
        assertThat(CutoverForecast.fromJson(downtime.path("forecast").toString()))
                .isEqualTo(FORECAST);
        assertThat(result.report().toHtml()).contains("Applications stopped for", "41.0 s", "12 s to 1 min 20 s");
    }

    @Test
    void span_outOfOrder_isRefused() {
        assertThatThrownBy(() -> span(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(span(1_000, 2_000).contains(Duration.ofMillis(1_500))).isTrue();
        assertThat(span(1_000, 2_000).contains(Duration.ofMillis(2_500))).isFalse();
    }
}

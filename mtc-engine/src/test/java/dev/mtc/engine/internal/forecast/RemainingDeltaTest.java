package dev.mtc.engine.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CutoverForecast.Span;
import dev.mtc.api.CutoverForecast.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forecasts of single volumes at fixed times. */
class RemainingDeltaTest {

    private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");

    /** 10 MB/s, and 10 seconds of its own: 1 GB in 110 s. */
    private static final MeasuredPass FIRST = pass(0, 110, 1_000_000_000, 1_000_000_000);

    private static MeasuredPass pass(long after, long took, long moved, long total) {
        Instant begun = BEGUN.plusSeconds(after);
        return new MeasuredPass(begun, begun.plusSeconds(took), moved, total);
    }

    private static Volume forecast(long afterSeconds, MeasuredPass... passes) {
        return new RemainingDelta("shop/data", List.of(passes), false).at(BEGUN.plusSeconds(afterSeconds));
    }

    private static Span span(Volume volume) {
        assertThat(volume.takes()).isNotNull();
        return volume.takes();
    }

    @Test
    void noPass_hasNoFigure() {
        Volume volume = forecast(0);

        assertThat(volume.passes()).isZero();
        assertThat(volume.takes()).isNull();
        assertThat(volume.leastBytes()).isEqualTo(-1);
        assertThat(volume.basis()).isEqualTo("no pass was measured");
    }

    @Test
    void onePass_saysThatItMayBeAllAgain() {
        Volume volume = forecast(200, FIRST);

        assertThat(volume.leastBytes()).isZero();
        assertThat(volume.mostBytes()).isEqualTo(1_000_000_000);
        assertThat(span(volume)).isEqualTo(new Span(Duration.ZERO, Duration.ofSeconds(110)));
        assertThat(volume.basis()).startsWith("1 pass copied 1.00 GB in 1m50s").contains("after a second one");
    }

    @Test
    void twoPasses_delta_liesBetweenTheLastOneAndTheRateSince() {
        // 60 MB changed in 600 s; the newest pass began 1200 s ago, so up to 120 MB changed since.
        Volume volume = forecast(1800, FIRST, pass(600, 16, 60_000_000, 1_000_000_000));

        assertThat(volume.leastBytes()).isEqualTo(60_000_000);
        assertThat(volume.mostBytes()).isEqualTo(120_000_000);
        assertThat(volume.basis()).isEqualTo("2 passes, the last one of 60.00 MB in 16s began 20m0s ago");
        // 0.11 s per MB: 9.4 s of its own and 6.6 s or 13.2 s of bytes, half more and half as much less in doubt.
        assertThat(span(volume).least()).isEqualTo(Duration.ofMillis(10_667));
        assertThat(span(volume).most()).isEqualTo(Duration.ofMillis(33_900));
    }

    @Test
    void twoPasses_justNow_expectLittleAtLeast() {
        Volume volume = forecast(630, FIRST, pass(600, 16, 60_000_000, 1_000_000_000));

        assertThat(volume.leastBytes()).isEqualTo(3_000_000);
        assertThat(volume.mostBytes()).isEqualTo(60_000_000);
    }

    @Test
    void morePasses_narrowTheDoubt() {
        MeasuredPass second = pass(600, 16, 60_000_000, 1_000_000_000);
        Span two = span(forecast(1800, FIRST, second));
        Span four = span(forecast(
                3000,
                FIRST,
                second,
                pass(1200, 16, 60_000_000, 1_000_000_000),
                pass(1800, 16, 60_000_000, 1_000_000_000)));

        assertThat(four.least()).isGreaterThan(two.least());
        assertThat(four.most()).isLessThan(two.most());
    }

    @Test
    void longAgo_noMoreIsLeftThanThereIs() {
        Volume steady = forecast(10_000_000, FIRST, pass(600, 16, 60_000_000, 1_000_000_000));
        Volume growing = forecast(1_200_600, FIRST, pass(600, 16, 60_000_000, 1_060_000_000));

        assertThat(steady.mostBytes()).isEqualTo(1_000_000_000);
        assertThat(growing.mostBytes()).isEqualTo(120_000_000_000L);
    }

    @Test
    void nothingChanges_takesWhatAPassTakesAtLeast() {
        Volume volume = forecast(7200, FIRST, pass(600, 9, 0, 1_000_000_000));

        assertThat(volume.mostBytes()).isZero();
        assertThat(span(volume)).isEqualTo(new Span(Duration.ofSeconds(6), Duration.ofMillis(13_500)));
    }

    @Test
    void passesInAnyOrder_areTakenByTime() {
        MeasuredPass second = pass(600, 16, 60_000_000, 1_000_000_000);

        assertThat(forecast(1800, second, FIRST)).isEqualTo(forecast(1800, FIRST, second));
    }

    @Test
    void clockThatWentBack_countsAsNow() {
        assertThat(forecast(0, FIRST, pass(600, 16, 60_000_000, 1_000_000_000)).leastBytes())
                .isZero();
    }

    @Test
    void comparedVolume_mayTakeTheTimeOfTheLongestCopyMore() {
        MeasuredPass second = pass(600, 16, 60_000_000, 1_000_000_000);
        Volume compared = new RemainingDelta("shop/data", List.of(FIRST, second), true).at(BEGUN.plusSeconds(1800));

        assertThat(span(compared).most())
                .isEqualTo(span(forecast(1800, FIRST, second)).most().plusSeconds(110));
        assertThat(compared.basis()).contains("comparing both sides");
    }
}

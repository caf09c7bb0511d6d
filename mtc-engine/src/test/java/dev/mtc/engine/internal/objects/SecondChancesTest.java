package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondChancesTest {

    private static final int WEBHOOK_DOWN = 599;

    private Duration waited = Duration.ZERO;
    private final List<Integer> tried = new ArrayList<>();
    private final List<Integer> written = new ArrayList<>();
    private final SecondChances<Integer> chances =
            SecondChances.within(Duration.ofMinutes(2), pause -> waited = waited.plus(pause));

    private static ClusterAccessException refusal(int status) {
        String message = status == WEBHOOK_DOWN ? "failed calling webhook \"check\"" : "refused";
        return new ClusterAccessException(Remedy.RETRY, message, status == WEBHOOK_DOWN ? 500 : status, null);
    }

    private void use(Duration downFor, int status) {
        chances.use(attempts -> attempts.forEach(attempt -> {
            tried.add(attempt);
            if (waited.compareTo(downFor) < 0) {
                chances.add(attempt, refusal(status));
            } else {
                written.add(attempt);
            }
        }));
    }

    @Test
    void use_webhookDownForTwentySeconds_writesAllInTheirOrder() {
        chances.add(2, refusal(WEBHOOK_DOWN));
        chances.add(1, refusal(WEBHOOK_DOWN));

        use(Duration.ofSeconds(20), WEBHOOK_DOWN);

        assertThat(written).containsExactly(1, 2);
        assertThat(waited).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(26));
    }

    @Test
    void use_downForever_endsWhenThePatienceIsUsedUp() {
        chances.add(1, refusal(503));

        use(Duration.ofDays(1), 503);

        assertThat(written).isEmpty();
        assertThat(waited).isBetween(Duration.ofMinutes(2), Duration.ofSeconds(126));
    }

    @Test
    void use_unexplainedErrorThatStays_isGivenUpSoon() {
        chances.add(1, refusal(500));

        use(Duration.ofDays(1), 500);

        assertThat(waited).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 409})
    void use_refusedForItself_isTriedOnceMore(int status) {
        chances.add(1, refusal(status));

        use(Duration.ofDays(1), status);

        assertThat(tried).containsExactly(1);
        assertThat(waited).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 422})
    void add_invalid_isNotTriedAgain(int status) {
        chances.add(1, refusal(status));

        use(Duration.ZERO, status);

        assertThat(tried).isEmpty();
    }

    @Test
    void isFull_asManyAsMayBeHeld_isTrueUntilUsed() {
        for (int i = 0; i < SecondChances.MOST_HELD; i++) {
            chances.add(i, refusal(500));
        }
        assertThat(chances.isFull()).isTrue();

        use(Duration.ZERO, 500);

        assertThat(chances.isFull()).isFalse();
        assertThat(written).hasSize(SecondChances.MOST_HELD);
    }
}

package dev.mtc.engine.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLI = 1_000_000;

    private final AtomicLong now = new AtomicLong();
    private final Pace pace = Pace.by(now::get);

    /** Sends as many requests as there may be, again and again; all of a round are answered together. */
    private void rounds(int count, Server server) {
        for (int round = 0; round < count; round++) {
            int size = pace.limit();
            Queue<Long> sent = new ArrayDeque<>();
            for (int i = 0; i < size; i++) {
                sent.add(pace.sent());
            }
            now.addAndGet(server.millis(size) * MILLI);
            for (int i = 0; i < size; i++) {
                if (i < server.bears()) {
                    pace.answered(sent.remove());
                } else {
                    pace.refused(sent.remove());
                }
            }
        }
    }

    /** A server that answers so many at a time in its time and refuses the rest. */
    private record Server(int bears, int usualMillis, int workers) {
        long millis(int requests) {
            return (long) usualMillis * Math.max(1, (requests + workers - 1) / workers);
        }
    }

    @Test
    void limit_serverThatBearsAll_growsToTheMost() {
        rounds(60, new Server(1000, 5, 1000));

        assertThat(pace.limit()).isEqualTo(64);
    }

    @Test
    void limit_serverThatRefusesAboveTen_staysAroundTen() {
        rounds(50, new Server(10, 5, 1000));

        for (int i = 0; i < 20; i++) {
            rounds(1, new Server(10, 5, 1000));
            assertThat(pace.limit()).isBetween(4, 12);
        }
    }

    @Test
    void limit_serverThatRefusesEverything_isOneAndGrowsAgainAfterwards() {
        rounds(20, new Server(0, 5, 1000));
        assertThat(pace.limit()).isEqualTo(1);

        rounds(100, new Server(1000, 5, 1000));

        assertThat(pace.limit()).isGreaterThan(16);
    }

    @Test
    void refused_manyOfOneRound_halveOnce() {
        long sent = pace.sent();
        now.addAndGet(MILLI);

        for (int i = 0; i < 16; i++) {
            pace.refused(sent);
        }

        assertThat(pace.limit()).isEqualTo(8);
    }

    @Test
    void answered_muchSlowerThanUsual_lowersTheLimit() {
        rounds(60, new Server(1000, 5, 1000));

        rounds(4, new Server(1000, 100, 1000));

        assertThat(pace.limit()).isBetween(8, 30);
    }

    @Test
    void answered_slowerAndSlower_neverLowersTheLimitBelowEight() {
        for (int millis = 5; millis < 10_000_000; millis *= 10) {
            rounds(4, new Server(1000, millis, 1000));
            assertThat(pace.limit()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void answered_slowAllAlong_isTakenForUsual() {
        rounds(60, new Server(1000, 400, 1000));

        assertThat(pace.limit()).isEqualTo(64);
    }
}

package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {

    @Test
    void drain_executorThatNeverRuns_runsAllHere() {
        Lanes lanes = Lanes.on(task -> {});
        AtomicInteger done = new AtomicInteger();

        for (int i = 0; i < 100; i++) {
            lanes.run(done::incrementAndGet);
        }
        lanes.drain();

        assertThat(done).hasValue(100);
    }

    @Test
    void drain_failedTask_throwsWhatItThrew() {
        Lanes lanes = Lanes.on(Runnable::run);
        lanes.run(() -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(lanes::drain)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }
}

package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void run_oneSlowTask_doesNotHoldUpOthers() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch othersDone = new CountDownLatch(20);
        AtomicBoolean waitedInVain = new AtomicBoolean();
        try {
            Lanes lanes = Lanes.on(threads, () -> 2);
            CountDownLatch slowBegun = new CountDownLatch(1);
            lanes.run(() -> {
                slowBegun.countDown();
                try {
                    waitedInVain.set(!othersDone.await(10, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            slowBegun.await();

            for (int i = 0; i < 20; i++) {
                lanes.run(othersDone::countDown);
            }
            lanes.drain();
        } finally {
            threads.shutdownNow();
        }
        assertThat(waitedInVain).isFalse();
    }

    @Test
    void run_widthThatChanges_isNotExceeded() {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicInteger width = new AtomicInteger(8);
        AtomicInteger atATime = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try {
            Lanes lanes = Lanes.on(threads, width::get);
            Runnable task = () -> {
                most.accumulateAndGet(atATime.incrementAndGet(), Math::max);
                Thread.yield();
                atATime.decrementAndGet();
            };
            for (int i = 0; i < 100; i++) {
                lanes.run(task);
            }
            lanes.drain();
            width.set(1);
            most.set(0);
            for (int i = 0; i < 100; i++) {
                lanes.run(task);
            }
            lanes.drain();
        } finally {
            threads.shutdownNow();
        }
        assertThat(most).hasValue(1);
    }
}

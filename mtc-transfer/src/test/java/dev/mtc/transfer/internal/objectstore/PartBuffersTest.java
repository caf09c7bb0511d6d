package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartBuffersTest {

    private static final int PART = PartSizes.MEMORY / 5;

    private final PartBuffers buffers = new PartBuffers();

    private byte[] take() {
        try {
            return buffers.take(PART);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void take_beyondTheMemory_waitsUntilAPartComesBack() throws Exception {
        List<byte[]> taken = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            taken.add(take());
        }
        CompletableFuture<byte[]> sixth = CompletableFuture.supplyAsync(this::take);
        assertThat(sixth.isDone()).isFalse();

        buffers.giveBack(taken.get(2));

        assertThat(sixth.get(10, TimeUnit.SECONDS)).as("used again").isSameAs(taken.get(2));
    }

    @Test
    void take_afterAllCameBack_holdsNothingOfBefore() {
        byte[] first = take();
        byte[] second = take();
        buffers.giveBack(first);
        buffers.giveBack(second);

        assertThat(take()).isNotSameAs(first).isNotSameAs(second);
    }

    @Test
    void take_ofAPartLargerThanTheMemory_waitsForAllOthersOnly() throws InterruptedException {
        byte[] large = buffers.take(PartSizes.MEMORY + 1);
        buffers.giveBack(large);

        assertThat(buffers.take(PartSizes.MEMORY + 1)).hasSize(PartSizes.MEMORY + 1);
    }
}

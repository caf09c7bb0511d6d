package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ByteQueueTest {

    private final byte[] buffer = new byte[4];

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private String read(ByteQueue queue) throws InterruptedException {
        return new String(buffer, 0, queue.read(buffer), StandardCharsets.US_ASCII);
    }

    @Test
    void read_severalWrites_givesThemInOrderAndJoined() throws Exception {
        ByteQueue queue = new ByteQueue(100, Duration.ZERO);
        queue.write(bytes("abc"));
        queue.write('d');
        queue.write(bytes("xefgx"), 1, 3);
        queue.end();

        assertThat(read(queue)).isEqualTo("abcd");
        assertThat(read(queue)).isEqualTo("efg");
        assertThat(queue.read(buffer)).isZero();
    }

    @Test
    void write_fullAndNobodyReads_isTakenAfterThePatience() throws Exception {
        ByteQueue queue = new ByteQueue(3, Duration.ZERO);
        queue.write(bytes("abc"));
        queue.write(bytes("de"));

        assertThat(read(queue)).isEqualTo("abcd");
        assertThat(read(queue)).isEqualTo("e");
    }

    @Test
    void write_full_waitsForTheReader() throws Exception {
        ByteQueue queue = new ByteQueue(3, Duration.ofDays(1));
        queue.write(bytes("abc"));
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                queue.write(bytes("de"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(read(queue)).isEqualTo("abc");
        assertThat(read(queue)).isEqualTo("de");
        writer.join();
    }

    @Test
    void write_afterTheEnd_fails() {
        ByteQueue queue = new ByteQueue(3, Duration.ZERO);
        queue.end();
        assertThatThrownBy(() -> queue.write('a')).isInstanceOf(IOException.class);
    }
}

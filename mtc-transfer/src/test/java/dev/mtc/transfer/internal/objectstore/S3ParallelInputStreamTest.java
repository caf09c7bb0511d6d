package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Large objects that are read in pieces, several at a time. */
class S3ParallelInputStreamTest {

    private static final int PIECE = S3ParallelInputStream.PIECE;
    private static final byte[] CONTENT = content(5 * PIECE + 12_345);

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(7).nextBytes(content);
        return content;
    }

    @Test
    void open_largeObject_fetchesPiecesAheadAndReadsThemInOrder() throws Exception {
        AtomicInteger under = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(3);
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    most.accumulateAndGet(under.incrementAndGet(), Math::max);
                    two.countDown();
                    if (call.number() > 0) {
                        await(two);
                    }
                    under.decrementAndGet();
                    call.sayRange(CONTENT, "\"e\"");
                });
                ObjectStore store = s3.store();
                InputStream in = store.open("a", 0)) {
            assertThat(Arrays.equals(in.readAllBytes(), CONTENT)).isTrue();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(s3.requests()).hasSize(6);
            assertThat(most.get()).isGreaterThanOrEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void open_fromAnOffset_givesTheRestOnly() throws IOException {
        int offset = PIECE + 77;
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.sayRange(CONTENT, "\"e\""));
                ObjectStore store = s3.store();
                InputStream in = store.open("a", offset);
                InputStream end = store.open("a", CONTENT.length)) {
            assertThat(Arrays.equals(in.readAllBytes(), Arrays.copyOfRange(CONTENT, offset, CONTENT.length)))
                    .isTrue();
            assertThat(end.readAllBytes()).isEmpty();
        }
    }

    @Test
    void open_moreStreamsThanMemory_allAreWhole() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.sayRange(CONTENT, "\"e\""));
                ObjectStore store = s3.store()) {
            List<InputStream> streams = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                InputStream in = store.open("a", 0);
                assertThat(in.read()).isEqualTo(CONTENT[0] & 0xff);
                streams.add(in);
            }
            for (InputStream in : streams) {
                assertThat(Arrays.equals(in.readAllBytes(), Arrays.copyOfRange(CONTENT, 1, CONTENT.length)))
                        .isTrue();
                in.close();
            }
        }
    }

    @Test
    void open_closedEarly_givesTheMemoryBack() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.sayRange(CONTENT, "\"e\""));
                ObjectStore store = s3.store()) {
            for (int i = 0; i < 3 * S3ParallelInputStream.AHEAD_OF_ALL; i++) {
                try (InputStream in = store.open("a", 0)) {
                    assertThat(in.read()).isEqualTo(CONTENT[0] & 0xff);
                }
            }
            int before = s3.requests().size();
            try (InputStream in = store.open("a", 0)) {
                assertThat(in.read()).isEqualTo(CONTENT[0] & 0xff);
                in.skipNBytes(PIECE);
                assertThat(s3.requests().size() - before)
                        .as("the first piece and more ahead")
                        .isGreaterThan(2);
            }
        }
    }

    @Test
    void open_replacedBetweenPieces_isAnError() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.number() > 1) {
                        assertThat(call.header("If-Match")).isEqualTo("\"e\"");
                        call.refuse(412, "PreconditionFailed");
                    } else {
                        call.sayRange(CONTENT, "\"e\"");
                    }
                });
                ObjectStore store = s3.store();
                InputStream in = store.open("a", 0)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("replaced while it was read");
        }
    }

    @Test
    void open_serverWithoutRanges_givesTheWholeOrSaysSo() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.say(200, "0123456789", "ETag", "\"e\""));
                ObjectStore store = s3.store();
                InputStream in = store.open("a", 0)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("0123456789");
            assertThatThrownBy(() -> store.open("a", 3))
                    .isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("knows ranges");
        }
    }
}

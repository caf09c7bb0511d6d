package dev.mtc.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} does. A store's test extends it and says how an empty one is opened. */
public abstract class ObjectStoreContract {

    private static final int MIB = 1024 * 1024;

    private ObjectStore store;

    /** {@return an open, empty store} */
    protected abstract ObjectStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void put_bytes_comeBackWithStat() throws IOException {
        ObjectStat put = store.put("a/b.txt", text("hello"));

        assertThat(read("a/b.txt", 0)).isEqualTo("hello");
        assertThat(put.key()).isEqualTo("a/b.txt");
        assertThat(put.sizeBytes()).isEqualTo(5);
        assertThat(put.modified())
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
        ObjectStat stat = store.stat("a/b.txt").orElseThrow();
        assertThat(stat.etag()).isEqualTo(put.etag());
        assertThat(stat.sizeBytes()).isEqualTo(5);
        assertThat(listed("")).containsExactly(stat);
    }

    @Test
    void put_existing_isReplacedAndChangesItsEtag() throws IOException {
        ObjectStat one = store.put("a", text("one"));
        ObjectStat two = store.put("a", text("two"));

        assertThat(two.etag()).isNotEqualTo(one.etag());
        assertThat(read("a", 0)).isEqualTo("two");
        assertThat(keys("")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 21 * MIB + 17})
    void put_anyLength_comesBackWhole(int length) throws IOException {
        byte[] bytes = random(length);

        ObjectStat known = store.put("known", Content.of(bytes));
        ObjectStat unknown =
                store.put("unknown", Content.of(OptionalLong.empty(), () -> new ByteArrayInputStream(bytes)));

        assertThat(readAll("known", 0)).isEqualTo(bytes);
        assertThat(readAll("unknown", 0)).isEqualTo(bytes);
        assertThat(known.sizeBytes()).isEqualTo(length);
        assertThat(unknown.sizeBytes()).isEqualTo(length);
        assertThat(store.stat("unknown").orElseThrow().etag()).isEqualTo(unknown.etag());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 19 * MIB})
    void put_contentFails_throwsAndKeepsTheOld(int length) throws IOException {
        store.put("a", text("old"));
        Content failing = Content.of(OptionalLong.empty(), () -> failingAfter(random(length)));

        assertThatThrownBy(() -> store.put("a", failing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("disk on fire");
        assertThatThrownBy(() -> store.putIfAbsent("b", failing)).isInstanceOf(UncheckedIOException.class);
        assertThat(read("a", 0)).isEqualTo("old");
        assertThat(keys("")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 6, 17 * MIB})
    void put_notAsLongAsAnnounced_isRefused(long announced) {
        Content lying = Content.of(
                OptionalLong.of(announced), () -> new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> store.put("a", lying))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("announced " + announced);
        assertThat(store.stat("a")).isEmpty();
    }

    @Test
    void put_whileItIsRead_showsTheOldOrTheNewButNoMixture() throws Exception {
        byte[] zeros = new byte[200_000];
        byte[] ones = new byte[200_000];
        Arrays.fill(ones, (byte) 1);
        store.put("a", Content.of(zeros));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < 40; i++) {
                    store.put("a", Content.of(i % 2 == 0 ? ones : zeros));
                }
                done.set(true);
            });
            while (!done.get() && !writing.isDone()) {
                try {
                    assertThat(readAll("a", 0)).isIn(zeros, ones);
                } catch (StorageAccessException e) {
                    assertThat(e).hasMessageContaining("was replaced");
                }
            }
            writing.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void putIfAbsent_new_isWritten() throws IOException {
        assertThat(store.putIfAbsent("a", text("mine"))).isTrue();
        assertThat(read("a", 0)).isEqualTo("mine");
    }

    @Test
    void putIfAbsent_existing_isLeft() throws IOException {
        store.put("a", text("old"));

        assertThat(store.putIfAbsent("a", text("new"))).isFalse();
        assertThat(store.putIfAbsent("a", Content.of(random(9 * MIB)))).isFalse();
        assertThat(read("a", 0)).isEqualTo("old");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 9 * MIB})
    void putIfAbsent_racing_hasOneWinner(int length) throws Exception {
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Callable<Boolean>> racers = IntStream.range(0, threads)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    byte[] bytes = new byte[length];
                    bytes[0] = (byte) i;
                    start.await();
                    return store.putIfAbsent("a", Content.of(bytes));
                })
                .toList();

        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> results = pool.invokeAll(racers);
            int winner = -1;
            for (int i = 0; i < threads; i++) {
                if (results.get(i).get()) {
                    assertThat(winner).as("an earlier winner").isEqualTo(-1);
                    winner = i;
                }
            }
            assertThat(readAll("a", 0)).hasSize(length).startsWith((byte) winner);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void put_whileAnotherIsDoneFirst_isWhole() throws IOException {
        byte[] bytes = random(21 * MIB);

        store.put("a", overtaken(bytes));

        assertThat(readAll("a", 0)).isEqualTo(bytes);
    }

    @Test
    void putIfAbsent_whileAnotherIsDoneFirst_isFalse() throws IOException {
        assertThat(store.putIfAbsent("a", overtaken(random(21 * MIB)))).isFalse();

        assertThat(readAll("a", 0)).isEqualTo(random(18 * MIB));
    }

    /** In the middle of which another writes the same object. */
    private Content overtaken(byte[] bytes) {
        AtomicBoolean done = new AtomicBoolean();
        InputStream other = new InputStream() {
            @Override
            public int read() {
                if (!done.getAndSet(true)) {
                    store.put("a", Content.of(random(18 * MIB)));
                }
                return -1;
            }
        };
        int middle = 12 * MIB;
        return Content.of(
                OptionalLong.of(bytes.length),
                () -> new SequenceInputStream(
                        new SequenceInputStream(new ByteArrayInputStream(bytes, 0, middle), other),
                        new ByteArrayInputStream(bytes, middle, bytes.length - middle)));
    }

    @Test
    void open_atOffset_readsTheRest() throws IOException {
        store.put("a", text("0123456789"));

        assertThat(read("a", 4)).isEqualTo("456789");
        assertThat(read("a", 9)).isEqualTo("9");
        assertThat(read("a", 10)).isEmpty();
        assertThat(read("a", 11)).isEmpty();
        assertThatThrownBy(() -> store.open("a", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void open_closedEarly_leavesTheStoreUsable() throws IOException {
        byte[] bytes = random(9 * MIB);
        store.put("a", Content.of(bytes));
        for (int i = 0; i < 20; i++) {
            try (InputStream in = store.open("a", 0)) {
                assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
            }
        }

        assertThat(readAll("a", 0)).isEqualTo(bytes);
    }

    @Test
    void open_missing_isAnError() {
        assertThatThrownBy(() -> store.open("no/such", 0))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("no/such");
    }

    @Test
    void stat_missing_isEmpty() {
        store.put("a/b", text("x"));

        assertThat(store.stat("a")).isEmpty();
        assertThat(store.stat("a/c")).isEmpty();
        assertThat(store.stat("b")).isEmpty();
    }

    @Test
    void list_isInOrderOfKeysAndByPrefix() {
        List<String> keys = List.of("a-b", "a.b", "a/b", "a/c/d", "a/c/é", "a0", "aa/x y+z&?#%20", "b", "ｂ");
        for (int i = keys.size() - 1; i >= 0; i--) {
            store.put(keys.get(i), text(keys.get(i)));
        }

        assertThat(keys("")).containsExactlyElementsOf(keys);
        assertThat(keys("a/")).containsExactly("a/b", "a/c/d", "a/c/é");
        assertThat(keys("a")).containsExactlyElementsOf(keys.subList(0, 7));
        assertThat(keys("a/c")).containsExactly("a/c/d", "a/c/é");
        assertThat(keys("a/c/d")).containsExactly("a/c/d");
        assertThat(keys("a/c/d/")).isEmpty();
        assertThat(keys("c")).isEmpty();
    }

    @Test
    void list_emptyStore_isEmpty() {
        assertThat(keys("")).isEmpty();
        assertThat(keys("a/b")).isEmpty();
    }

    @Test
    void list_whileDeleting_goesOn() {
        for (String key : List.of("a/1", "a/2", "a/3", "b/1")) {
            store.put(key, text(key));
        }
        try (Stream<ObjectStat> objects = store.list("")) {
            objects.forEach(object -> store.delete(object.key()));
        }

        assertThat(keys("")).isEmpty();
    }

    @Test
    void delete_twice_isGoneWithoutError() {
        store.put("a/b", text("x"));
        store.put("a/c", text("x"));

        store.delete("a/b");
        store.delete("a/b");
        store.delete("never/was");

        assertThat(keys("")).containsExactly("a/c");
        assertThat(store.putIfAbsent("a/b", text("again"))).isTrue();
    }

    @Test
    void keys_thatEscapeOrAreMalformed_areRefused() {
        for (String bad :
                List.of("", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "a\u0000", "a\n", "a\\b")) {
            assertThatThrownBy(() -> store.put(bad, text("x")))
                    .as("put '%s'", bad)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.putIfAbsent(bad, text("x"))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.open(bad, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.stat(bad)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.delete(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> keys("../")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys("/a")).isInstanceOf(IllegalArgumentException.class);
        assertThat(keys("")).isEmpty();
    }

    @Test
    void close_twice_isAllowed() {
        store.close();
        store.close();
    }

    private List<ObjectStat> listed(String prefix) {
        try (Stream<ObjectStat> objects = store.list(prefix)) {
            return objects.toList();
        }
    }

    private List<String> keys(String prefix) {
        return listed(prefix).stream().map(ObjectStat::key).toList();
    }

    private byte[] readAll(String key, long offset) throws IOException {
        try (InputStream in = store.open(key, offset)) {
            return in.readAllBytes();
        }
    }

    private String read(String key, long offset) throws IOException {
        return new String(readAll(key, offset), StandardCharsets.UTF_8);
    }

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static InputStream failingAfter(byte[] bytes) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }
        });
    }
}

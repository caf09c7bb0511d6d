package dev.mtc.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.DirectImageStreamMigration;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigrationProgress;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link StateStore} does, also one that holds a single namespace. A store's test extends it and says how an empty
 * one is opened; one that holds several namespaces extends {@link StateStoreAcrossNamespacesContract}.
 */
public abstract class StateStoreContract {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private StateStore store;
    private String ns;

    /** {@return an open store without any resource of MTC} */
    protected abstract StateStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
        ns = store.namespace();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void create_new_isStampedAndStored() {
        MigHook created = store.create(hook(ns, "a"));

        assertThat(created.getMetadata().getUid()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(created.getMetadata().getCreationTimestamp()).matches("\\d{4}(-\\d\\d){2}T\\d\\d(:\\d\\d){2}Z");
        assertThat(Instant.parse(created.getMetadata().getCreationTimestamp()))
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
        assertThat(version(created)).isPositive();
        assertSame(read("a"), created);
    }

    @Test
    void create_existing_isRefused() {
        MigHook first = store.create(hook(ns, "a"));

        assertThatThrownBy(() -> store.create(hook(ns, "a")))
                .isInstanceOf(StateStore.Conflict.class)
                .hasMessageContaining("a");
        assertSame(read("a"), first);
    }

    @Test
    void create_withResourceVersion_isRefused() {
        MigHook created = store.create(hook(ns, "a"));
        created.getMetadata().setName("b");

        assertThatThrownBy(() -> store.create(created))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resourceVersion");
    }

    @Test
    void create_generateName_getsNameOfFiveLetters() {
        MigHook template = hook(ns, null);
        template.getMetadata().setGenerateName("shop-stage-");

        MigHook one = store.create(template);
        MigHook two = store.create(template);

        assertThat(one.getMetadata().getName()).matches("shop-stage-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(two.getMetadata().getName()).isNotEqualTo(one.getMetadata().getName());
        assertThat(template.getMetadata().getName()).isNull();
        assertThat(store.list(MigHook.class))
                .extracting(StateStoreContract::json)
                .containsExactlyInAnyOrder(json(one), json(two));
    }

    @Test
    void create_nameAndGenerateName_keepsName() {
        MigHook resource = hook(ns, "given");
        resource.getMetadata().setGenerateName("other-");

        assertThat(store.create(resource).getMetadata().getName()).isEqualTo("given");
    }

    @Test
    void create_namesThatEscape_areRefused() {
        for (String bad : List.of("..", "../x", "a/b", "", "A", "a\u0000", ".hidden", "a\\b")) {
            assertThatThrownBy(() -> store.create(hook(ns, bad)))
                    .as("name '%s'", bad)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.create(hook(bad, "a")))
                    .as("namespace '%s'", bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.list(MigHook.class)).isEmpty();
    }

    @Test
    void get_unknown_isEmpty() {
        assertThat(store.get(MigHook.class, ns, "a")).isEmpty();
    }

    @Test
    void get_otherKindNamespaceOrName_isEmpty() {
        store.create(hook(ns, "a"));

        assertThat(store.get(MigPlan.class, ns, "a")).isEmpty();
        assertThat(store.get(MigHook.class, "other", "a")).isEmpty();
        assertThat(store.get(MigHook.class, ns, "b")).isEmpty();
    }

    @Test
    void values_areTheCallersOwnCopies() {
        MigHook given = hook(ns, "a");
        MigHook created = store.create(given);
        given.getMetadata().getAnnotations().put("key", "changed after create");
        created.getMetadata().getAnnotations().put("key", "changed what create returned");
        read("a").getMetadata().getAnnotations().put("key", "changed what get returned");
        store.list(MigHook.class).get(0).getMetadata().getAnnotations().put("key", "changed what list returned");

        assertThat(read("a").getMetadata().getAnnotations()).containsEntry("key", "value");
        assertThat(given.getMetadata().getUid()).isNull();
    }

    @Test
    void values_ofOddTexts_comeBackTheSame() {
        MigHook resource = hook(ns, "a");
        List<String> odd = List.of(
                "",
                " ",
                "yes",
                "null",
                "~",
                "0x10",
                "1e3",
                "2001-01-01",
                "a: b",
                "# no",
                "two\nlines\n",
                "\ttab",
                "\r\n",
                "ünï ☃ 𝄞",
                "\u0085\u2028",
                "- x",
                "'\"",
                "%d",
                "@",
                "trailing ",
                "=",
                "<<",
                "0o14",
                "1_000",
                "12:30:45");
        IntStream.range(0, odd.size())
                .forEach(i -> resource.getMetadata().getAnnotations().put("k" + i, odd.get(i)));
        store.create(resource);

        assertThat(read("a").getMetadata().getAnnotations())
                .isEqualTo(resource.getMetadata().getAnnotations());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                MigCluster.class,
                MigStorage.class,
                MigPlan.class,
                MigMigration.class,
                MigHook.class,
                DirectImageMigration.class,
                DirectImageStreamMigration.class,
                DirectVolumeMigration.class,
                DirectVolumeMigrationProgress.class
            })
    <T extends MigrationResource<?, ?>> void values_ofEveryKind_comeBackTheSame(Class<T> kind) throws IOException {
        T sample = sample(kind);
        sample.getMetadata().setNamespace(ns);

        T created = store.create(sample);

        assertSame(store.get(kind, ns, sample.getMetadata().getName()).orElseThrow(), created);
        assertSame(created.getSpec(), sample.getSpec());
        assertSame(created.getStatus(), sample.getStatus());
        assertThat(created.getMetadata().getLabels())
                .isEqualTo(sample.getMetadata().getLabels());
    }

    @Test
    void values_ofUnknownFields_comeBackTheSame() {
        MigHook resource = hook(ns, "a");
        resource.getSpec().additionalProperties().put("activeDeadlineSecond", 5);
        resource.getStatus().additionalProperties().put("rows", List.of(Map.of("key", "k", "bytes", 1L << 40)));

        store.update(changed(store.create(resource), "twice"));

        assertThat(read("a").getSpec().additionalProperties())
                .isEqualTo(resource.getSpec().additionalProperties());
        assertThat(read("a").getStatus().additionalProperties())
                .isEqualTo(resource.getStatus().additionalProperties());
    }

    @Test
    void list_isByName_ofThatKindOnly() throws IOException {
        store.create(hook(ns, "z"));
        store.create(hook(ns, "y"));
        MigStorage other = sample(MigStorage.class);
        other.getMetadata().setNamespace(ns);
        store.create(other);

        assertThat(store.list(MigHook.class))
                .extracting(hook -> hook.getMetadata().getName())
                .containsExactly("y", "z");
        assertThat(store.list(MigPlan.class)).isEmpty();
    }

    @Test
    void update_newest_isStoredWithGreaterVersion() {
        MigHook created = store.create(hook(ns, "a"));
        MigHook changed = read("a");
        changed.getMetadata().getAnnotations().put("key", "new");

        MigHook updated = store.update(changed);

        assertThat(version(updated)).isGreaterThan(version(created));
        assertThat(updated.getMetadata().getAnnotations()).containsEntry("key", "new");
        assertThat(updated.getMetadata().getUid())
                .isEqualTo(created.getMetadata().getUid());
        assertThat(updated.getMetadata().getCreationTimestamp())
                .isEqualTo(created.getMetadata().getCreationTimestamp());
        assertSame(read("a"), updated);
    }

    @Test
    void update_stale_isRefusedAndChangesNothing() {
        MigHook stale = store.create(hook(ns, "a"));
        MigHook newest = store.update(changed(read("a"), "newest"));

        assertThatThrownBy(() -> store.update(stale))
                .isInstanceOf(StateStore.Conflict.class)
                .hasMessageContaining(stale.getMetadata().getResourceVersion())
                .hasMessageContaining(newest.getMetadata().getResourceVersion());
        assertSame(read("a"), newest);
    }

    @Test
    void update_deleted_isRefused() {
        MigHook gone = store.create(hook(ns, "a"));
        store.delete(MigHook.class, ns, "a");

        assertThatThrownBy(() -> store.update(gone)).isInstanceOf(StateStore.Conflict.class);
        assertThat(store.list(MigHook.class)).isEmpty();
    }

    @Test
    void update_deletedAndMadeAgain_isRefused() {
        MigHook old = store.create(hook(ns, "a"));
        store.delete(MigHook.class, ns, "a");
        MigHook current = store.create(hook(ns, "a"));

        assertThatThrownBy(() -> store.update(old)).isInstanceOf(StateStore.Conflict.class);
        assertSame(read("a"), current);
    }

    @Test
    void update_withoutResourceVersion_isRefused() {
        store.create(hook(ns, "a"));

        assertThatThrownBy(() -> store.update(hook(ns, "a"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void update_racingFromOneVersion_hasOneWinnerPerVersion() throws Exception {
        store.create(hook(ns, "a"));
        int threads = 4;
        int rounds = 20;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Integer> racer = () -> {
            int won = 0;
            for (int round = 0; round < rounds; round++) {
                MigHook read = read("a");
                start.await(); // all have read the same version
                // an API server takes what changes nothing as often as it comes
                won += tryUpdate(changed(read, UUID.randomUUID().toString())) ? 1 : 0;
                start.await(); // all have tried
            }
            return won;
        };

        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            int won = 0;
            for (Future<Integer> racing : pool.invokeAll(List.of(racer, racer, racer, racer))) {
                won += racing.get();
            }
            assertThat(won).isEqualTo(rounds);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void update_onInterruptedThread_isStoredAndKeepsTheFlag() {
        MigHook resource = store.create(hook(ns, "a"));
        Thread.currentThread().interrupt();
        MigHook updated;
        boolean flag;
        try {
            updated = store.update(changed(resource, "interrupted"));
        } finally {
            flag = Thread.interrupted();
        }

        assertThat(flag).isTrue();
        assertSame(read("a"), updated);
    }

    @Test
    void delete_twice_isGoneWithoutError() {
        store.create(hook(ns, "a"));
        store.create(hook(ns, "b"));

        store.delete(MigHook.class, ns, "a");
        store.delete(MigHook.class, ns, "a");

        assertThat(store.list(MigHook.class))
                .extracting(c -> c.getMetadata().getName())
                .containsExactly("b");
    }

    @Test
    void close_twice_isAllowed_andEndsTheStore() {
        store.close();
        store.close();

        assertThatThrownBy(() -> store.list(MigHook.class)).isInstanceOf(IllegalStateException.class);
    }

    private boolean tryUpdate(MigHook resource) {
        try {
            store.update(resource);
            return true;
        } catch (StateStore.Conflict lost) {
            return false;
        }
    }

    private MigHook read(String name) {
        return store.get(MigHook.class, ns, name).orElseThrow();
    }

    private static long version(MigHook resource) {
        return Long.parseLong(resource.getMetadata().getResourceVersion());
    }

    /** {@return a resource with an annotation {@code key}} */
    static MigHook hook(String namespace, String name) {
        MigHook hook = new MigHook();
        hook.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToAnnotations("key", "value")
                .build());
        return hook;
    }

    private static MigHook changed(MigHook hook, String value) {
        hook.getMetadata().getAnnotations().put("key", value);
        return hook;
    }

    private static <T> T sample(Class<T> kind) throws IOException {
        try (InputStream json = kind.getResourceAsStream(kind.getSimpleName() + ".json")) {
            return SERIALIZATION.unmarshal(json, kind);
        }
    }

    private static void assertSame(Object actual, Object expected) {
        assertThat(json(actual)).isEqualTo(json(expected));
    }

    private static String json(Object value) {
        return SERIALIZATION.asJson(value);
    }
}

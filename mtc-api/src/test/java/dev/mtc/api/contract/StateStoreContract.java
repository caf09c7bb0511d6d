package dev.mtc.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.StateStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link StateStore} does. A store's test extends it and says how an empty one is opened. */
public abstract class StateStoreContract {

    private StateStore store;

    /** {@return an open, empty store} */
    protected abstract StateStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void create_new_isStampedAndStored() {
        ConfigMap created = store.create(configMap("ns", "a"));

        assertThat(created.getMetadata().getUid()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(created.getMetadata().getCreationTimestamp()).matches("\\d{4}(-\\d\\d){2}T\\d\\d(:\\d\\d){2}Z");
        assertThat(Instant.parse(created.getMetadata().getCreationTimestamp()))
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
        assertThat(version(created)).isPositive();
        assertThat(store.get(ConfigMap.class, "ns", "a")).contains(created);
    }

    @Test
    void create_existing_isRefused() {
        ConfigMap first = store.create(configMap("ns", "a"));

        assertThatThrownBy(() -> store.create(configMap("ns", "a")))
                .isInstanceOf(StateStore.Conflict.class)
                .hasMessageContaining("a");
        assertThat(store.get(ConfigMap.class, "ns", "a")).contains(first);
    }

    @Test
    void create_withResourceVersion_isRefused() {
        ConfigMap created = store.create(configMap("ns", "a"));
        created.getMetadata().setName("b");

        assertThatThrownBy(() -> store.create(created))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resourceVersion");
    }

    @Test
    void create_generateName_getsNameOfFiveLetters() {
        ConfigMap template = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withGenerateName("shop-stage-")
                .endMetadata()
                .build();

        ConfigMap one = store.create(template);
        ConfigMap two = store.create(template);

        assertThat(one.getMetadata().getName()).matches("shop-stage-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(two.getMetadata().getName()).isNotEqualTo(one.getMetadata().getName());
        assertThat(template.getMetadata().getName()).isNull();
        assertThat(store.list(ConfigMap.class)).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void create_nameAndGenerateName_keepsName() {
        ConfigMap resource = configMap("ns", "given");
        resource.getMetadata().setGenerateName("other-");

        assertThat(store.create(resource).getMetadata().getName()).isEqualTo("given");
    }

    @Test
    void create_namesThatEscape_areRefused() {
        for (String bad : List.of("..", "../x", "a/b", "", "A", "a\u0000", ".hidden", "a\\b")) {
            assertThatThrownBy(() -> store.create(configMap("ns", bad)))
                    .as("name '%s'", bad)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.create(configMap(bad, "a")))
                    .as("namespace '%s'", bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.list(ConfigMap.class)).isEmpty();
    }

    @Test
    void get_unknown_isEmpty() {
        assertThat(store.get(ConfigMap.class, "ns", "a")).isEmpty();
    }

    @Test
    void get_otherKindNamespaceOrName_isEmpty() {
        store.create(configMap("ns", "a"));

        assertThat(store.get(Secret.class, "ns", "a")).isEmpty();
        assertThat(store.get(ConfigMap.class, "other", "a")).isEmpty();
        assertThat(store.get(ConfigMap.class, "ns", "b")).isEmpty();
    }

    @Test
    void values_areTheCallersOwnCopies() {
        ConfigMap given = configMap("ns", "a");
        ConfigMap created = store.create(given);
        given.getData().put("key", "changed after create");
        created.getData().put("key", "changed what create returned");
        read("a").getData().put("key", "changed what get returned");
        store.list(ConfigMap.class).get(0).getData().put("key", "changed what list returned");

        assertThat(read("a").getData()).containsEntry("key", "value");
        assertThat(given.getMetadata().getUid()).isNull();
    }

    @Test
    void values_ofOddTexts_comeBackTheSame() {
        ConfigMap resource = configMap("ns", "a");
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
        IntStream.range(0, odd.size()).forEach(i -> resource.getData().put("k" + i, odd.get(i)));
        store.create(resource);

        assertThat(read("a").getData()).isEqualTo(resource.getData());
    }

    @Test
    void values_ofNestedKinds_comeBackTheSame() {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("web")
                .withLabels(Map.of("app", "web"))
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("registry.example/web:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withReadyReplicas(2)
                .endStatus()
                .build();

        Deployment created = store.create(deployment);

        assertThat(store.get(Deployment.class, "ns", "web")).contains(created);
        assertThat(created.getSpec()).isEqualTo(deployment.getSpec());
        assertThat(created.getStatus()).isEqualTo(deployment.getStatus());
    }

    @Test
    void list_isByNamespaceAndName_ofThatKindOnly() {
        store.create(configMap("b", "x"));
        store.create(configMap("a", "z"));
        store.create(configMap("a", "y"));
        store.create(new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("a")
                .withName("x")
                .endMetadata()
                .build());

        assertThat(store.list(ConfigMap.class))
                .extracting(c ->
                        c.getMetadata().getNamespace() + "/" + c.getMetadata().getName())
                .containsExactly("a/y", "a/z", "b/x");
        assertThat(store.list(Secret.class)).isEmpty();
    }

    @Test
    void update_newest_isStoredWithGreaterVersion() {
        ConfigMap created = store.create(configMap("ns", "a"));
        ConfigMap changed = read("a");
        changed.getData().put("key", "new");

        ConfigMap updated = store.update(changed);

        assertThat(version(updated)).isGreaterThan(version(created));
        assertThat(updated.getData()).containsEntry("key", "new");
        assertThat(updated.getMetadata().getUid())
                .isEqualTo(created.getMetadata().getUid());
        assertThat(updated.getMetadata().getCreationTimestamp())
                .isEqualTo(created.getMetadata().getCreationTimestamp());
        assertThat(store.get(ConfigMap.class, "ns", "a")).contains(updated);
    }

    @Test
    void update_stale_isRefusedAndChangesNothing() {
        ConfigMap stale = store.create(configMap("ns", "a"));
        ConfigMap newest = store.update(stale);

        assertThatThrownBy(() -> store.update(stale))
                .isInstanceOf(StateStore.Conflict.class)
                .hasMessageContaining(stale.getMetadata().getResourceVersion())
                .hasMessageContaining(newest.getMetadata().getResourceVersion());
        assertThat(read("a")).isEqualTo(newest);
    }

    @Test
    void update_deleted_isRefused() {
        ConfigMap gone = store.create(configMap("ns", "a"));
        store.delete(ConfigMap.class, "ns", "a");

        assertThatThrownBy(() -> store.update(gone)).isInstanceOf(StateStore.Conflict.class);
        assertThat(store.list(ConfigMap.class)).isEmpty();
    }

    @Test
    void update_deletedAndMadeAgain_isRefused() {
        ConfigMap old = store.create(configMap("ns", "a"));
        store.delete(ConfigMap.class, "ns", "a");
        ConfigMap current = store.create(configMap("ns", "a"));

        assertThatThrownBy(() -> store.update(old)).isInstanceOf(StateStore.Conflict.class);
        assertThat(read("a")).isEqualTo(current);
    }

    @Test
    void update_withoutResourceVersion_isRefused() {
        store.create(configMap("ns", "a"));

        assertThatThrownBy(() -> store.update(configMap("ns", "a"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void update_racingFromOneVersion_hasOneWinnerPerVersion() throws Exception {
        store.create(configMap("ns", "a"));
        int threads = 4;
        int rounds = 20;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Integer> racer = () -> {
            int won = 0;
            for (int round = 0; round < rounds; round++) {
                ConfigMap read = read("a");
                start.await(); // all have read the same version
                won += tryUpdate(read) ? 1 : 0;
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
        ConfigMap resource = store.create(configMap("ns", "a"));
        Thread.currentThread().interrupt();
        ConfigMap updated;
        boolean flag;
        try {
            updated = store.update(resource);
        } finally {
            flag = Thread.interrupted();
        }

        assertThat(flag).isTrue();
        assertThat(read("a")).isEqualTo(updated);
    }

    @Test
    void delete_twice_isGoneWithoutError() {
        store.create(configMap("ns", "a"));
        store.create(configMap("ns", "b"));

        store.delete(ConfigMap.class, "ns", "a");
        store.delete(ConfigMap.class, "ns", "a");

        assertThat(store.list(ConfigMap.class))
                .extracting(c -> c.getMetadata().getName())
                .containsExactly("b");
    }

    @Test
    void close_twice_isAllowed_andEndsTheStore() {
        store.close();
        store.close();

        assertThatThrownBy(() -> store.list(ConfigMap.class)).isInstanceOf(IllegalStateException.class);
    }

    private boolean tryUpdate(ConfigMap resource) {
        try {
            store.update(resource);
            return true;
        } catch (StateStore.Conflict lost) {
            return false;
        }
    }

    private ConfigMap read(String name) {
        return store.get(ConfigMap.class, "ns", name).orElseThrow();
    }

    private static long version(ConfigMap resource) {
        return Long.parseLong(resource.getMetadata().getResourceVersion());
    }

    private static ConfigMap configMap(String namespace, String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToData("key", "value")
                .build();
    }
}

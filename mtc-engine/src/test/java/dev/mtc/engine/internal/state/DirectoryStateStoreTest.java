package dev.mtc.engine.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Remedy;
import dev.mtc.api.StateStore;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.contract.StateStoreAcrossNamespacesContract;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStateStoreTest extends StateStoreAcrossNamespacesContract {

    @TempDir
    Path temp;

    private Path directory;

    @Override
    protected StateStore open() {
        directory = temp.resolve("new/state");
        return StateStore.directory(directory);
    }

    static ConfigMap configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName(name)
                .endMetadata()
                .addToData("key", "value")
                .build();
    }

    private StateStore reopened() {
        return StateStore.directory(directory);
    }

    @Test
    void create_anyKind_isOneReadableFile() throws IOException {
        try (StateStore store = reopened()) {
            store.create(configMap("a"));
            store.create(new DeploymentBuilder()
                    .withNewMetadata()
                    .withNamespace("ns")
                    .withName("web")
                    .endMetadata()
                    .build());
        }

        assertThat(directory.resolve("configmaps/ns/a.yaml"))
                .content()
                .contains("kind: \"ConfigMap\"\n", "metadata:\n", "  name: \"a\"\n");
        assertThat(directory.resolve("deployments.apps/ns/web.yaml")).exists();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> directory.relativize(file).toString()))
                    .containsExactlyInAnyOrder(".lock", "configmaps/ns/a.yaml", "deployments.apps/ns/web.yaml");
        }
    }

    @Test
    void get_afterReopening_findsEverything() {
        ConfigMap created;
        try (StateStore store = reopened()) {
            created = store.create(configMap("a"));
        }
        try (StateStore store = reopened()) {
            assertThat(store.get(ConfigMap.class, "ns", "a")).contains(created);
            assertThat(Long.parseLong(store.update(created).getMetadata().getResourceVersion()))
                    .isGreaterThan(Long.parseLong(created.getMetadata().getResourceVersion()));
        }
    }

    @Test
    void list_unfinishedAndForeignFiles_areIgnored() throws IOException {
        try (StateStore store = reopened()) {
            ConfigMap created = store.create(configMap("a"));
            Files.writeString(directory.resolve("configmaps/ns/.unfinished"), "apiVersion: v");
            Files.writeString(directory.resolve("configmaps/ns/a.yaml~"), "{");
            Files.writeString(directory.resolve("configmaps/ns/Notes.yaml"), "{");
            Files.writeString(directory.resolve("configmaps/README"), "mine");

            assertThat(store.list(ConfigMap.class)).containsExactly(created);
            assertThat(store.update(created).getMetadata().getName()).isEqualTo("a");
        }
    }

    @Test
    void get_unreadableFile_namesIt() throws IOException {
        try (StateStore store = reopened()) {
            ConfigMap created = store.create(configMap("a"));
            Path file = directory.resolve("configmaps/ns/a.yaml");
            String whole = Files.readString(file);
            for (String broken : List.of("", "metadata: [", "\u0000\u0000", whole.replace("\"a\"", "\"b\""), "- a")) {
                Files.writeString(file, broken);

                assertThatThrownBy(() -> store.get(ConfigMap.class, "ns", "a"))
                        .as(broken)
                        .isInstanceOf(StorageAccessException.class)
                        .hasMessageContaining(file.toRealPath().toString())
                        .extracting(e -> ((StorageAccessException) e).remedy())
                        .isEqualTo(Remedy.FIX_INPUT);
                assertThatThrownBy(() -> store.list(ConfigMap.class)).isInstanceOf(StorageAccessException.class);
                assertThatThrownBy(() -> store.update(created)).isInstanceOf(StorageAccessException.class);
                assertThat(file).content().isEqualTo(broken);
            }
        }
    }

    @Test
    void update_countOfVersionsLost_stillGrows() throws IOException {
        try (StateStore store = reopened()) {
            ConfigMap resource = store.create(configMap("a"));
            for (int i = 0; i < 5; i++) {
                resource = store.update(resource);
            }
            Files.writeString(directory.resolve(".lock"), "torn");

            assertThat(Long.parseLong(store.update(resource).getMetadata().getResourceVersion()))
                    .isGreaterThan(Long.parseLong(resource.getMetadata().getResourceVersion()));
        }
    }

    @Test
    void update_racingStores_loseNoUpdate() throws Exception {
        try (StateStore store = reopened()) {
            store.create(configMap("a"));
        }
        int stores = 4;
        int updates = 25;
        Callable<Void> racer = () -> {
            try (StateStore own = reopened()) {
                for (int done = 0; done < updates; ) {
                    done += counted(own) ? 1 : 0;
                }
                return null;
            }
        };
        ExecutorService pool = Executors.newFixedThreadPool(stores);
        try {
            for (Future<Void> racing : pool.invokeAll(List.of(racer, racer, racer, racer))) {
                racing.get();
            }
        } finally {
            pool.shutdownNow();
        }

        try (StateStore store = reopened()) {
            assertThat(store.get(ConfigMap.class, "ns", "a").orElseThrow().getData())
                    .containsEntry("count", Integer.toString(stores * updates));
        }
    }

    /** Adds one to the count, unless another came first. */
    static boolean counted(StateStore store) {
        ConfigMap resource = store.get(ConfigMap.class, "ns", "a").orElseThrow();
        int count = Integer.parseInt(resource.getData().getOrDefault("count", "0"));
        resource.getData().put("count", Integer.toString(count + 1));
        try {
            store.update(resource);
            return true;
        } catch (StateStore.Conflict lost) {
            return false;
        }
    }

    @Test
    void directory_isAFile_isRefusedWithItsName() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> StateStore.directory(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void write_diskRefuses_namesTheFileAndKeepsTheOld() throws IOException {
        try (StateStore store = reopened()) {
            ConfigMap created = store.create(configMap("a"));
            Files.createDirectory(directory.resolve("configmaps/ns/.unfinished"));

            assertThatThrownBy(() -> store.update(created))
                    .isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("a.yaml");
            assertThat(store.get(ConfigMap.class, "ns", "a")).contains(created);
        }
    }
}

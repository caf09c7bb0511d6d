package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Remedy;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.contract.ObjectStoreContract;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryObjectStoreTest extends ObjectStoreContract {

    private static final Content X = Content.of(new byte[] {'x'});

    @TempDir
    Path temp;

    private Path root;

    @Override
    protected ObjectStore open() {
        root = temp.resolve("repository");
        Storage storage = Storage.directory(root);
        StorageProvider provider = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.supports(storage))
                .findFirst()
                .orElseThrow();
        return provider.open(storage);
    }

    private ObjectStore store() {
        return new DirectoryObjectStore(root);
    }

    @Test
    void open_withoutWriting_makesNothing() {
        assertThat(store().stat("a")).isEmpty();
        assertThat(root).doesNotExist();
    }

    @Test
    void put_anyObject_isAPlainFile() throws IOException {
        store().put("a/b", X);
        store().putIfAbsent("a/c", X);

        assertThat(root.resolve("a/b")).hasContent("x");
        assertThat(root.resolve("a/c")).hasContent("x");
        try (Stream<Path> left = Files.list(root.resolve(".mtc-unfinished"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void put_sameLengthInQuickSuccession_alwaysChangesTheEtag() {
        Set<String> etags = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            etags.add(store().put("a", X).etag());
        }

        assertThat(etags).hasSize(100);
    }

    @Test
    void put_keyBelowAnObject_saysSo() {
        store().put("a", X);

        for (String key : new String[] {"a/b", "a/b/c"}) {
            assertThatThrownBy(() -> store().put(key, X))
                    .isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining(key)
                    .hasMessageContaining("choose another key");
            assertThatThrownBy(() -> store().putIfAbsent(key, X)).isInstanceOf(StorageAccessException.class);
        }
    }

    @Test
    void put_keyAboveAnObject_saysSo() {
        store().put("a/b", X);

        assertThatThrownBy(() -> store().put("a", X)).hasMessageContaining("choose another key");
        assertThatThrownBy(() -> store().putIfAbsent("a", X)).hasMessageContaining("choose another key");
    }

    @Test
    void put_interrupted_saysSoAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        boolean flag;
        try {
            assertThatThrownBy(() -> store().put("a", X))
                    .isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("interrupted")
                    .extracting(e -> ((StorageAccessException) e).remedy())
                    .isEqualTo(Remedy.RETRY);
        } finally {
            flag = Thread.interrupted();
        }
        assertThat(flag).isTrue();
        assertThat(store().stat("a")).isEmpty();
    }

    @Test
    void put_abandonedFiles_areDeletedAndFreshOnesLeft() throws IOException {
        store().put("a", X);
        Path abandoned = Files.writeString(root.resolve(".mtc-unfinished/old"), "half");
        Path fresh = Files.writeString(root.resolve(".mtc-unfinished/new"), "half");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        store().put("b", X);

        assertThat(abandoned).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void stat_belowAnObject_isEmpty() {
        store().put("a/b", X);

        assertThat(store().stat("a/b/c")).isEmpty();
    }

    @Test
    void list_namesBeyondTheBasicPlane_comeInOrderOfTheirBytes() {
        store().put("\uD834\uDD1E", X);
        store().put("\uFF42", X);

        try (Stream<ObjectStat> objects = store().list("")) {
            assertThat(objects.map(ObjectStat::key)).containsExactly("\uFF42", "\uD834\uDD1E");
        }
    }

    @Test
    void keys_ofTheStoreItself_areRefused() {
        assertThatThrownBy(() -> store().put(".mtc-unfinished/a", X)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().stat(".mtc-unfinished")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void list_isLazy_readsDirectoriesAsItGoes() {
        store().put("a/1", X);
        store().put("b/1", X);
        try (Stream<ObjectStat> objects = store().list("")) {
            Iterator<ObjectStat> iterator = objects.iterator();
            assertThat(iterator.next().key()).isEqualTo("a/1");
            store().put("b/2", X);
            assertThat(iterator.next().key()).isEqualTo("b/1");
            assertThat(iterator.next().key()).isEqualTo("b/2");
        }
    }

    @Test
    void delete_last_removesEmptiedDirectories() {
        store().put("a/b/c", X);
        store().put("a/d", X);

        store().delete("a/b/c");
        assertThat(root.resolve("a/b")).doesNotExist();
        assertThat(root.resolve("a/d")).exists();
        store().delete("a/d");
        assertThat(root.resolve("a")).doesNotExist();
        assertThat(root).exists();
    }
}

package dev.mtc.transfer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.StorageAccessException;
import dev.mtc.api.contract.ObjectStoreContract;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class MemoryObjectStoreTest extends ObjectStoreContract {

    @Override
    protected ObjectStore open() {
        return MemoryObjectStore.empty();
    }

    @Test
    void failNext_twice_failsTwoCallsOnly() {
        IllegalStateException failure = new IllegalStateException("asked for");
        MemoryObjectStore store = MemoryObjectStore.empty().failNext(failure).failNext(failure);

        assertThatThrownBy(() -> store.put("a", Content.of(new byte[1]))).isSameAs(failure);
        assertThatThrownBy(() -> store.stat("a")).isSameAs(failure);
        assertThat(store.stat("a")).isEmpty();
    }

    @Test
    void cutAfterBytes_reading_breaksOneStream() throws IOException {
        MemoryObjectStore store = MemoryObjectStore.empty();
        store.put("a", Content.of(new byte[10]));
        store.cutAfterBytes(4);

        try (InputStream cut = store.open("a", 0);
                InputStream whole = store.open("a", 0)) {
            assertThat(cut.readNBytes(4)).hasSize(4);
            assertThatThrownBy(cut::read).isInstanceOf(IOException.class);
            assertThat(whole.readAllBytes()).hasSize(10);
        }
    }

    @Test
    void cutAfterBytes_putting_storesNothing() {
        MemoryObjectStore store = MemoryObjectStore.empty().cutAfterBytes(4);

        assertThatThrownBy(() -> store.put("a", Content.of(new byte[10]))).isInstanceOf(StorageAccessException.class);
        assertThat(store.stat("a")).isEmpty();
        assertThat(store.put("a", Content.of(new byte[10])).sizeBytes()).isEqualTo(10);
    }
}

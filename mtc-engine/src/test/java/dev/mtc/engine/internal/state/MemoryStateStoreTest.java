package dev.mtc.engine.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.StateStore;
import dev.mtc.api.contract.StateStoreAcrossNamespacesContract;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.Test;

class MemoryStateStoreTest extends StateStoreAcrossNamespacesContract {

    @Override
    protected StateStore open() {
        return StateStore.memory();
    }

    @Test
    void memory_twice_areTwoStores() {
        try (StateStore one = StateStore.memory();
                StateStore two = StateStore.memory()) {
            one.create(DirectoryStateStoreTest.configMap("a"));

            assertThat(two.list(ConfigMap.class)).isEmpty();
        }
    }
}

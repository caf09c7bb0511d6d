package dev.mtc.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.MigHook;
import org.junit.jupiter.api.Test;

/** What a {@link StateStore} does that holds any number of namespaces. */
public abstract class StateStoreAcrossNamespacesContract extends StateStoreContract {

    @Test
    void list_ofSeveralNamespaces_isByNamespaceAndName() throws Exception {
        try (StateStore store = open()) {
            store.create(hook("b", "x"));
            store.create(hook("a", "z"));
            store.create(hook("a", "y"));

            assertThat(store.list(MigHook.class))
                    .extracting(hook -> hook.getMetadata().getNamespace() + "/"
                            + hook.getMetadata().getName())
                    .containsExactly("a/y", "a/z", "b/x");
        }
    }

    @Test
    void name_inTwoNamespaces_isTwoResources() throws Exception {
        try (StateStore store = open()) {
            MigHook one = store.create(hook("a", "x"));
            MigHook two = store.create(hook("b", "x"));

            store.delete(MigHook.class, "a", "x");

            assertThat(one.getMetadata().getUid())
                    .isNotEqualTo(two.getMetadata().getUid());
            assertThat(store.get(MigHook.class, "a", "x")).isEmpty();
            assertThat(store.get(MigHook.class, "b", "x")).isPresent();
        }
    }
}

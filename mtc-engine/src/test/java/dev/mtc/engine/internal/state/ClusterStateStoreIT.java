package dev.mtc.engine.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Clusters;
import dev.mtc.api.Remedy;
import dev.mtc.api.StateStore;
import dev.mtc.api.contract.StateStoreContract;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.crds.Definitions;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterStateStoreIT extends StateStoreContract {

    private static final String NAMESPACE = "mtc-state";
    private static final String PLURAL = "mighooks";

    private final EmbeddedCluster cluster =
            EmbeddedCluster.builder("host").withoutWorkloads().start();

    @Override
    protected StateStore open() {
        try (ApiServer host = Connections.openHost(Clusters.of("host", cluster.client()))) {
            assertThat(Definitions.ensure(host)).isEmpty();
        }
        namespace(NAMESPACE);
        return store();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private StateStore store() {
        return StateStore.cluster(Clusters.of("host", cluster.client()), NAMESPACE);
    }

    private void namespace(String name) {
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static MigHook hook(String name) {
        MigHook hook = new MigHook();
        hook.setMetadata(
                new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build());
        return hook;
    }

    @Test
    void store_ofANamespace_holdsNothingOutsideOfIt() {
        namespace("elsewhere");
        MigHook elsewhere = hook("a");
        elsewhere.getMetadata().setNamespace("elsewhere");
        cluster.client().resource(elsewhere).create();
        try (StateStore store = store()) {
            store.delete(MigHook.class, "elsewhere", "a");

            assertThat(store.namespace()).isEqualTo(NAMESPACE);
            assertThat(store.list(MigHook.class)).isEmpty();
            assertThat(store.get(MigHook.class, "elsewhere", "a")).isEmpty();
            assertThatThrownBy(() -> store.create(elsewhere))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("elsewhere/a")
                    .hasMessageContaining(NAMESPACE);
        }
        assertThat(cluster.client().resource(elsewhere).get()).isNotNull();
    }

    @Test
    void cluster_badNamespace_isRefused() {
        assertThatThrownBy(() -> StateStore.cluster(Clusters.of("host", cluster.client()), "a/b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b");
    }

    @Test
    void calls_withoutDefinitions_sayWhatToApply() {
        cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("mighooks.migration.openshift.io")
                .delete();
        try (StateStore store = store()) {
            for (Runnable call : List.<Runnable>of(
                    () -> store.list(MigHook.class),
                    () -> store.get(MigHook.class, NAMESPACE, "a"),
                    () -> store.create(hook("a")))) {
                assertThatThrownBy(call::run)
                        .isInstanceOfSatisfying(ClusterAccessException.class, e -> assertThat(e.remedy())
                                .isEqualTo(Remedy.FIX_INPUT))
                        .hasMessageContaining("mighooks.migration.openshift.io/v1alpha1")
                        .hasMessageContaining("custom resource definition")
                        .hasMessageContaining("host");
            }
        }
    }

    @Test
    void create_withoutNamespace_saysSo() {
        try (StateStore store = StateStore.cluster(Clusters.of("host", cluster.client()), "missing")) {
            MigHook resource = hook("a");
            resource.getMetadata().setNamespace("missing");

            assertThatThrownBy(() -> store.create(resource))
                    .isInstanceOfSatisfying(ClusterAccessException.class, e -> assertThat(e.remedy())
                            .isEqualTo(Remedy.FIX_INPUT))
                    .hasMessageContaining("Namespace missing")
                    .hasMessageContaining("create the namespace");
        }
    }

    @Test
    void calls_withoutRights_sayWhichOne() {
        cluster.access().deny("update", PLURAL, NAMESPACE);
        try (StateStore store = store()) {
            MigHook created = store.create(hook("a"));

            assertThatThrownBy(() -> store.update(created))
                    .isInstanceOfSatisfying(ClusterAccessException.class, e -> {
                        assertThat(e.remedy()).isEqualTo(Remedy.FIX_INPUT);
                        assertThat(e.status()).isEqualTo(403);
                    })
                    .hasMessageContaining("cannot update resource \"mighooks\"");
        }
    }

    @Test
    void update_whileTheServerIsBusy_waits() {
        try (StateStore store = store()) {
            MigHook created = store.create(hook("a"));
            created.getSpec().setImage("new");
            cluster.faults().failNext("PUT", PLURAL, 6, 429);

            assertThat(store.update(created).getSpec().getImage()).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 504})
    void update_failsTooOften_isNoConflict(int status) {
        try (StateStore store = store()) {
            MigHook created = store.create(hook("a"));
            created.getSpec().setImage("new");
            cluster.faults().failNext("PUT", PLURAL, 6, status);

            assertThatThrownBy(() -> store.update(created)).isInstanceOfSatisfying(ClusterAccessException.class, e -> {
                assertThat(e.remedy()).isEqualTo(Remedy.RETRY);
                assertThat(e.status()).isEqualTo(status);
            });
            cluster.faults().clear();
            assertThat(store.update(created).getSpec().getImage()).isEqualTo("new");
        }
    }

    @Test
    void update_answerLost_isFoundToHaveTakenPlace() {
        try (StateStore store = store()) {
            MigHook created = store.create(hook("a"));
            created.getSpec().setImage("new");
            cluster.faults().loseAnswer("PUT", PLURAL, 1);

            MigHook updated = store.update(created);

            assertThat(updated.getSpec().getImage()).isEqualTo("new");
            assertThat(updated.getMetadata().getResourceVersion())
                    .isEqualTo(store.get(MigHook.class, NAMESPACE, "a")
                            .orElseThrow()
                            .getMetadata()
                            .getResourceVersion())
                    .isNotEqualTo(created.getMetadata().getResourceVersion());
        }
    }

    @Test
    void update_neverArrived_isSentAgain() {
        try (StateStore store = store()) {
            MigHook created = store.create(hook("a"));
            created.getSpec().setImage("new");
            cluster.faults().dropConnectionAfter(0);

            assertThat(store.update(created).getSpec().getImage()).isEqualTo("new");
        }
    }

    @Test
    void update_answerLostAndChangedByAnother_isAConflict() {
        try (StateStore store = store()) {
            MigHook created = store.create(hook("a"));
            MigHook other = store.get(MigHook.class, NAMESPACE, "a").orElseThrow();
            other.getSpec().setImage("of another");
            store.update(other);
            created.getSpec().setImage("new");
            cluster.faults().loseAnswer("PUT", PLURAL, 1);

            assertThatThrownBy(() -> store.update(created)).isInstanceOf(StateStore.Conflict.class);
        }
    }

    @Test
    void create_answerLost_isFoundToHaveTakenPlace() {
        try (StateStore store = store()) {
            cluster.faults().loseAnswer("POST", PLURAL, 1);

            MigHook created = store.create(hook("a"));

            assertThat(created.getMetadata().getAnnotations()).isEmpty();
            assertThat(store.get(MigHook.class, NAMESPACE, "a")
                            .orElseThrow()
                            .getMetadata()
                            .getUid())
                    .isEqualTo(created.getMetadata().getUid());
        }
    }

    @Test
    void create_allAnswersLost_isOneResourceWithAGeneratedName() {
        MigHook template = hook("a");
        template.getMetadata().setName(null);
        template.getMetadata().setGenerateName("a-");
        try (StateStore store = store()) {
            cluster.faults().loseAnswer("POST", PLURAL, Integer.MAX_VALUE);

            MigHook created = store.create(template);

            assertThat(store.list(MigHook.class))
                    .extracting(hook -> hook.getMetadata().getName())
                    .containsExactly(created.getMetadata().getName());
        }
    }

    @Test
    void create_refusedForAWhile_mayBeTriedAgain() {
        try (StateStore store = store()) {
            cluster.faults().failNext("POST", PLURAL, 1, 500);

            assertThatThrownBy(() -> store.create(hook("a")))
                    .isInstanceOfSatisfying(ClusterAccessException.class, e -> assertThat(e.remedy())
                            .isEqualTo(Remedy.RETRY));
            assertThat(store.create(hook("a")).getMetadata().getUid()).isNotEmpty();
        }
    }

    @Test
    void reads_failAWhile_goOn() {
        try (StateStore store = store()) {
            store.create(hook("a"));
            cluster.faults().failNext("GET", PLURAL, 2, 500).throttleNext(1, Duration.ofSeconds(1));

            assertThat(store.list(MigHook.class)).hasSize(1);
        }
    }

    @Test
    void calls_afterOneAnother_areOneRequestEach() {
        try (StateStore store = store()) {
            cluster.forgetRequests();
            MigHook created = store.create(hook("a"));
            created.getSpec().setImage("new");
            store.update(created);
            store.get(MigHook.class, NAMESPACE, "a");
            store.get(MigHook.class, NAMESPACE, "a");
            store.list(MigHook.class);

            assertThat(cluster.requests())
                    .extracting(request -> request.verb())
                    .containsExactly("POST", "PUT", "GET", "GET", "GET");
        }
    }

    @Test
    void list_ofManyPages_isWhole() {
        try (StateStore store = store()) {
            for (int i = 0; i < 501; i++) {
                MigPlan plan = new MigPlan();
                plan.setMetadata(new ObjectMetaBuilder()
                        .withNamespace(NAMESPACE)
                        .withName("plan-" + i)
                        .build());
                store.create(plan);
            }

            assertThat(store.list(MigPlan.class))
                    .extracting(plan -> plan.getMetadata().getName())
                    .hasSize(501)
                    .isSorted();
        }
    }
}

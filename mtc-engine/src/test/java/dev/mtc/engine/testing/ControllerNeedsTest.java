package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Clusters;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.crds.Definitions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a controller does to its cluster, through the client: informers of custom kinds, events, leases. */
class ControllerNeedsTest {

    private static final String NS = "default";

    private final EmbeddedCluster cluster =
            EmbeddedCluster.builder("host").withoutWorkloads().start();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void define() {
        try (ApiServer host = Connections.openHost(Clusters.of("host", cluster.client()))) {
            assertThat(Definitions.ensure(host)).isEmpty();
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void informer_ofACustomKind_seesAddUpdateAndDelete() throws InterruptedException {
        create("before");
        try (SharedIndexInformer<MigPlan> informer = inform()) {
            await("ADDED before");
            create("shop");
            await("ADDED shop");
            update("shop", "billing");
            await("MODIFIED shop [billing]");
            delete("shop");
            await("DELETED shop");

            assertThat(informer.getStore().list())
                    .extracting(plan -> plan.getMetadata().getName())
                    .containsExactly("before");
        }
    }

    @Test
    void informer_watchCut_seesWhatHappensLater() throws InterruptedException {
        create("before");
        try (SharedIndexInformer<MigPlan> informer = inform()) {
            await("ADDED before");
            cluster.cutWatches();
            create("new");

            await("ADDED new");
            assertThat(informer.isWatching()).isTrue();
        }
    }

    @Test
    void informer_watchCutAndHistoryForgotten_listsAgain() throws InterruptedException {
        create("gone");
        create("changed");
        try (SharedIndexInformer<MigPlan> informer = inform()) {
            await("ADDED gone");
            cluster.faults().failNext("watch", "migplans", 2, 503);
            cluster.cutWatches();
            delete("gone");
            update("changed", "billing");
            cluster.compact();

            awaitBoth("DELETED gone", "MODIFIED changed [billing]");
            assertThat(informer.getStore().list()).hasSize(1);
        }
    }

    @Test
    void event_createdAndCounted_conflictsWhenStale() {
        Event event = cluster.client()
                .resource(new EventBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(NS)
                                .withName("shop.1")
                                .build())
                        .withNewInvolvedObject()
                        .withKind("MigPlan")
                        .withNamespace(NS)
                        .withName("shop")
                        .withUid("1")
                        .endInvolvedObject()
                        .withType("Normal")
                        .withReason("Ready")
                        .withMessage("The plan is ready.")
                        .withCount(1)
                        .build())
                .create();
        Event counted = cluster.client()
                .resource(new EventBuilder(event).withCount(2).build())
                .update();

        assertThat(counted.getCount()).isEqualTo(2);
        assertThatThrownBy(() -> cluster.client()
                        .resource(new EventBuilder(event).withCount(3).build())
                        .update())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
        assertThat(cluster.client()
                        .v1()
                        .events()
                        .inNamespace(NS)
                        .withField("involvedObject.name", "shop")
                        .list()
                        .getItems())
                .extracting(Event::getCount)
                .containsExactly(2);
    }

    @Test
    void lease_renewedByTwo_isWonByOne() {
        Lease lease = cluster.client()
                .resource(new LeaseBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(NS)
                                .withName("mtc")
                                .build())
                        .withNewSpec()
                        .withHolderIdentity("one")
                        .withLeaseDurationSeconds(15)
                        .withRenewTime(ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000, ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .create();

        Lease renewed = cluster.client().resource(heldBy(lease, "one")).update();

        assertThat(renewed.getSpec().getRenewTime()).isEqualTo(lease.getSpec().getRenewTime());
        assertThatThrownBy(() -> cluster.client().resource(heldBy(lease, "two")).update())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
        assertThatThrownBy(() -> cluster.client()
                        .resource(new LeaseBuilder()
                                .withMetadata(new ObjectMetaBuilder()
                                        .withNamespace(NS)
                                        .withName("mtc")
                                        .build())
                                .build())
                        .create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
    }

    private static Lease heldBy(Lease lease, String holder) {
        return new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity(holder)
                .withLeaseTransitions(1)
                .endSpec()
                .build();
    }

    private void create(String name) {
        MigPlan plan = new MigPlan();
        plan.setMetadata(
                new ObjectMetaBuilder().withNamespace(NS).withName(name).build());
        cluster.client().resource(plan).create();
    }

    private void update(String name, String namespace) {
        cluster.client().resources(MigPlan.class).inNamespace(NS).withName(name).edit(plan -> {
            plan.getSpec().getNamespaces().add(namespace);
            return plan;
        });
    }

    private void delete(String name) {
        cluster.client().resources(MigPlan.class).inNamespace(NS).withName(name).delete();
    }

    private void await(String wanted) throws InterruptedException {
        String next;
        do {
            next = seen.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("waiting for " + wanted).isNotNull();
        } while (!wanted.equals(next));
    }

    private void awaitBoth(String one, String other) throws InterruptedException {
        boolean sawOne = false;
        boolean sawOther = false;
        while (!(sawOne && sawOther)) {
            String next = seen.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("waiting for " + one + " and " + other).isNotNull();
            sawOne |= one.equals(next);
            sawOther |= other.equals(next);
        }
    }

    private SharedIndexInformer<MigPlan> inform() {
        return cluster.client().resources(MigPlan.class).inNamespace(NS).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(MigPlan plan) {
                seen.add("ADDED " + plan.getMetadata().getName());
            }

            @Override
            public void onUpdate(MigPlan before, MigPlan plan) {
                seen.add("MODIFIED " + plan.getMetadata().getName() + " "
                        + plan.getSpec().getNamespaces());
            }

            @Override
            public void onDelete(MigPlan plan, boolean unknown) {
                seen.add("DELETED " + plan.getMetadata().getName());
            }
        });
    }
}

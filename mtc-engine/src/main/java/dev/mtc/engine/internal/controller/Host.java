package dev.mtc.engine.internal.controller;

import dev.mtc.api.Cluster;
import dev.mtc.api.ControllerRequest;
import dev.mtc.api.Manifests;
import dev.mtc.api.Side;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanHook;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cluster with MTC's resources, and what they refer to. Thread-safe. */
final class Host implements AutoCloseable {

    private static final String REGISTRY_SECRET = "mtc.dev/registry-secret";

    private final Cluster cluster;
    private final String namespace;
    private final List<Cluster> clusters;
    private final ApiServer server;
    private final StateStore store;

    Host(ControllerRequest request) {
        this.cluster = request.host();
        this.namespace = request.namespace();
        this.clusters = request.clusters();
        this.server = Connections.open(Side.SOURCE, cluster);
        this.store = StateStore.cluster(cluster, namespace);
    }

    String namespace() {
        return namespace;
    }

    ApiServer server() {
        return server;
    }

    KubernetesClient client() {
        return server.client();
    }

    StateStore store() {
        return store;
    }

    <T extends HasMetadata> Optional<T> find(Class<T> kind, @Nullable ObjectReference reference) {
        return reference == null || reference.getName() == null || !namespace.equals(reference.getNamespace())
                ? Optional.empty()
                : store.get(kind, namespace, reference.getName());
    }

    /** {@return a MigCluster with the Secrets it refers to} */
    Manifests around(MigCluster cluster) {
        Gathered gathered = new Gathered();
        gathered.cluster(cluster);
        return gathered.manifests();
    }

    /** {@return a MigStorage with the Secrets it refers to} */
    Manifests around(MigStorage storage) {
        Gathered gathered = new Gathered();
        gathered.storage(storage);
        return gathered.manifests();
    }

    /** {@return a MigPlan with everything it refers to, as far as that is there} */
    Manifests around(MigPlan plan) {
        Gathered gathered = new Gathered();
        gathered.add(plan);
        find(MigCluster.class, plan.getSpec().getSrcMigClusterRef()).ifPresent(gathered::cluster);
        find(MigCluster.class, plan.getSpec().getDestMigClusterRef()).ifPresent(gathered::cluster);
        find(MigStorage.class, plan.getSpec().getMigStorageRef()).ifPresent(gathered::storage);
        for (MigPlanHook hook : plan.getSpec().getHooks()) {
            find(MigHook.class, hook.getReference()).ifPresent(gathered::add);
        }
        return gathered.manifests();
    }

    /** Objects that belong together, each once. */
    private final class Gathered {
        private final Map<String, HasMetadata> objects = new LinkedHashMap<>();

        void add(HasMetadata object) {
            objects.put(
                    object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                            + object.getMetadata().getName(),
                    object);
        }

        void cluster(MigCluster cluster) {
            add(cluster);
            secret(cluster.getSpec().getServiceAccountSecretRef());
            String registry = cluster.getMetadata().getAnnotations().getOrDefault(REGISTRY_SECRET, "");
            if (!registry.isEmpty()) {
                int slash = registry.indexOf('/');
                secret(new ObjectReferenceBuilder()
                        .withNamespace(slash < 0 ? namespace : registry.substring(0, slash))
                        .withName(registry.substring(slash + 1))
                        .build());
            }
        }

        void storage(MigStorage storage) {
            add(storage);
            secret(storage.getSpec().getBackupStorageConfig().getCredsSecretRef());
        }

        private void secret(@Nullable ObjectReference reference) {
            if (reference != null && reference.getName() != null && reference.getNamespace() != null) {
                Secret secret = client().secrets()
                        .inNamespace(reference.getNamespace())
                        .withName(reference.getName())
                        .get();
                if (secret != null) {
                    add(secret);
                }
            }
        }

        Manifests manifests() {
            Manifests manifests = Manifests.of(objects.values()).withHost(cluster);
            for (Cluster given : clusters) {
                manifests = manifests.withCluster(given);
            }
            return manifests;
        }
    }

    @Override
    public void close() {
        store.close();
        server.close();
    }
}

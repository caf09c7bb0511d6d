package dev.mtc.examples.real;

import dev.mtc.api.Phase;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** MTC's own namespaces, accounts and resources: made for a test, and gone after it. */
final class MigrationResources implements AutoCloseable {

    private static final int LIMIT_SECONDS = 240;
    private static final String MTC = "openshift-migration";

    private final RealNamespace onSource = RealNamespace.onSource(MTC);
    private final RealNamespace onTarget = RealNamespace.onTarget(MTC);
    private final RealNamespace config = RealNamespace.onSource("openshift-config");
    private final Map<String, String> values = new HashMap<>();

    private MigrationResources() {}

    /** Makes namespaces and accounts. */
    static MigrationResources open() {
        MigrationResources resources = new MigrationResources();
        resources.remove();
        resources.config.create();
        resources.access(resources.onSource, "OLD");
        resources.access(resources.onTarget, "NEW");
        Secret nobody = awaitToken(resources.onTarget, "mtc-seed-nobody");
        resources.values.put("NOBODY_TOKEN", decoded(nobody, "token"));
        try {
            byte[] ca = Files.readAllBytes(Path.of(RealClusters.env("MTC_REGISTRY_B_CA")));
            resources.values.put("REGISTRY_CA", Base64.getEncoder().encodeToString(ca));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return resources;
    }

    private void access(RealNamespace namespace, String prefix) {
        namespace.create();
        namespace.apply(SeedText.of("seed-access.yaml", Map.of()));
        Secret secret = awaitToken(namespace, "mtc-seed");
        values.put(prefix + "_TOKEN", decoded(secret, "token"));
        values.put(prefix + "_CA", secret.getData().get("ca.crt"));
        values.put(prefix + "_URL", namespace.client().getMasterUrl().toString());
    }

    private static Secret awaitToken(RealNamespace namespace, String name) {
        return namespace
                .client()
                .secrets()
                .inNamespace(MTC)
                .withName(name)
                .waitUntilCondition(
                        secret -> secret != null
                                && secret.getData() != null
                                && secret.getData().containsKey("token"),
                        LIMIT_SECONDS,
                        TimeUnit.SECONDS);
    }

    private static String decoded(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    /** {@return a manifest that is filled with what is known of the clusters} */
    String manifest(String resource) {
        return SeedText.of(resource, values);
    }

    /** Waits until a resource is as it should be. */
    <R extends MigrationResource<?, ? extends ConditionedStatus>> R await(
            Class<R> kind, String name, Predicate<R> condition) {
        return onSource.client()
                .resources(kind)
                .inNamespace(MTC)
                .withName(name)
                .waitUntilCondition(
                        resource -> resource != null && condition.test(resource), LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    <R extends MigrationResource<?, ? extends ConditionedStatus>> R awaitReady(Class<R> kind, String name) {
        return await(kind, name, resource -> holds(resource, "Ready"));
    }

    /** Waits until a migration has ended, however. */
    MigMigration awaitEnd(String name) {
        return await(MigMigration.class, name, migration -> Phase.COMPLETED
                .wireName()
                .equals(migration.getStatus().getPhase()));
    }

    static boolean holds(MigrationResource<?, ? extends ConditionedStatus> resource, String type) {
        return conditions(resource).stream()
                .anyMatch(condition -> condition.getType().equals(type));
    }

    /** {@return the conditions that hold} */
    static List<Condition> conditions(MigrationResource<?, ? extends ConditionedStatus> resource) {
        return resource.getStatus().getConditions().stream()
                .filter(Condition::holds)
                .toList();
    }

    private void remove() {
        for (RealNamespace namespace : List.of(onSource, onTarget, config)) {
            KubernetesClient client = namespace.client();
            letMigrationsGo(client);
            client.resources(CustomResourceDefinition.class).list().getItems().stream()
                    .filter(it -> MigrationResource.GROUP.equals(it.getSpec().getGroup()))
                    .forEach(it -> client.resource(it).delete());
            client.rbac().clusterRoleBindings().withName("mtc-seed").delete();
            client.namespaces().withName(namespace.name()).delete();
        }
        for (RealNamespace namespace : List.of(onSource, onTarget, config)) {
            namespace.delete();
            namespace
                    .client()
                    .resources(CustomResourceDefinition.class)
                    .informOnCondition(all -> all.stream()
                            .noneMatch(it ->
                                    MigrationResource.GROUP.equals(it.getSpec().getGroup())))
                    .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    /** What a failed test left running waits for a controller that is no more. */
    private static void letMigrationsGo(KubernetesClient client) {
        boolean known = client.resources(CustomResourceDefinition.class).list().getItems().stream()
                .anyMatch(it -> it.getMetadata().getName().startsWith("migmigrations.")
                        && it.getMetadata().getDeletionTimestamp() == null);
        if (known) {
            client.resources(MigMigration.class).inNamespace(MTC).list().getItems().stream()
                    .filter(it -> !it.getMetadata().getFinalizers().isEmpty())
                    .forEach(it -> client.resource(it).edit(migration -> {
                        migration.getMetadata().setFinalizers(List.of());
                        return migration;
                    }));
        }
    }

    @Override
    public void close() {
        remove();
        onSource.close();
        onTarget.close();
        config.close();
    }
}

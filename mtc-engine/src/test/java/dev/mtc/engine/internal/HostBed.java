package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.Controller;
import dev.mtc.api.RunningController;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A test bed whose migrations are driven by a controller on a third cluster, and made as kubectl makes them. */
final class HostBed implements AutoCloseable {

    static final String NAMESPACE = "openshift-migration";

    /** Another name of the source cluster, under which a test may make a MigCluster. */
    static final String ALIAS = "alias";

    final TestBed apps = TestBed.withApp();
    final EmbeddedCluster host = EmbeddedCluster.start("host");

    HostBed() {
        TestBed.namespace(host, NAMESPACE);
    }

    /** Starts a controller that knows the way to both clusters. */
    RunningController controller(String identity) {
        return described(identity).start();
    }

    /** {@return such a controller that is not started yet} */
    Controller described(String identity) {
        return Controller.on(Clusters.of("hub", host.client()))
                .identity(identity)
                .lease(Duration.ofSeconds(2))
                .cluster(apps.sourceCluster())
                .cluster(apps.targetCluster())
                .cluster(Clusters.of(ALIAS, apps.source.client()))
                .provider(new ScriptedVolumeMover(apps.volumes));
    }

    KubernetesClient client() {
        return host.client();
    }

    static ObjectReference ref(String name) {
        return new ObjectReferenceBuilder()
                .withNamespace(NAMESPACE)
                .withName(name)
                .build();
    }

    static <R extends HasMetadata> R named(R resource, String name) {
        resource.setMetadata(
                new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build());
        return resource;
    }

    <R extends HasMetadata> R create(R resource) {
        return client().resource(resource).create();
    }

    void clusters() {
        cluster("old");
        cluster("new");
    }

    void cluster(String name) {
        MigCluster cluster = named(new MigCluster(), name);
        cluster.getSpec().setUrl("https://" + name + ".example:6443");
        create(cluster);
    }

    MigPlan plan(String name, String... namespaces) {
        return plan(name, plan -> {}, namespaces);
    }

    MigPlan plan(String name, Consumer<MigPlan> more, String... namespaces) {
        MigPlan plan = named(new MigPlan(), name);
        plan.getSpec().setSrcMigClusterRef(ref("old"));
        plan.getSpec().setDestMigClusterRef(ref("new"));
        plan.getSpec().setNamespaces(List.of(namespaces));
        more.accept(plan);
        return create(plan);
    }

    MigMigration migration(String name, String plan, Consumer<MigMigration> spec) {
        MigMigration migration = named(new MigMigration(), name);
        migration.getSpec().setMigPlanRef(ref(plan));
        spec.accept(migration);
        return create(migration);
    }

    MigMigration stage(String name, String plan) {
        return migration(name, plan, migration -> migration.getSpec().setStage(true));
    }

    MigMigration cutover(String name, String plan) {
        return migration(name, plan, migration -> {
            migration.getSpec().setQuiescePods(true);
            migration.getSpec().setVerify(true);
        });
    }

    MigMigration migrateState(String name, String plan) {
        return migration(name, plan, migration -> migration.getSpec().setMigrateState(true));
    }

    MigMigration rollback(String name, String plan) {
        return migration(name, plan, migration -> migration.getSpec().setRollback(true));
    }

    <R extends MigrationResource<?, ?>> Optional<R> find(Class<R> kind, String name) {
        return Optional.ofNullable(
                operation(kind).inNamespace(NAMESPACE).withName(name).get());
    }

    private <R extends HasMetadata> MixedOperation<R, ?, Resource<R>> operation(Class<R> kind) {
        return client().resources(kind);
    }

    /** Changes a resource as {@code kubectl patch} does: whatever the controller writes meanwhile. */
    <R extends MigrationResource<?, ?>> void edit(Class<R> kind, String name, Consumer<R> change) {
        for (int others = 0; others < 20; others++) {
            try {
                operation(kind).inNamespace(NAMESPACE).withName(name).edit(resource -> {
                    change.accept(resource);
                    return resource;
                });
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409) {
                    throw e;
                }
            }
        }
        throw new AssertionError(name + " was changed by others twenty times in a row");
    }

    /** Deletes a resource as {@code kubectl delete --wait=false} does. */
    <R extends MigrationResource<?, ?>> void delete(Class<R> kind, String name) {
        operation(kind).inNamespace(NAMESPACE).withName(name).delete();
    }

    <R extends MigrationResource<?, ? extends ConditionedStatus>> void awaitGone(Class<R> kind, String name) {
        operation(kind).inNamespace(NAMESPACE).withName(name).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    }

    /** Waits until a resource is as it should be. */
    <R extends MigrationResource<?, ? extends ConditionedStatus>> R await(
            Class<R> kind, String name, String what, Predicate<R> wanted) {
        try {
            return operation(kind)
                    .inNamespace(NAMESPACE)
                    .withName(name)
                    .waitUntilCondition(resource -> resource != null && wanted.test(resource), 60, TimeUnit.SECONDS);
        } catch (KubernetesClientException e) {
            throw new AssertionError(
                    kind.getSimpleName() + " " + name + " did not become " + what + ": " + told(kind, name), e);
        }
    }

    private <R extends MigrationResource<?, ? extends ConditionedStatus>> Object told(Class<R> kind, String name) {
        return find(kind, name)
                .map(resource -> (Object) resource.getStatus().getConditions())
                .orElse("gone");
    }

    MigMigration awaitEnd(String name) {
        return await(MigMigration.class, name, "completed", migration -> "Completed"
                .equals(migration.getStatus().getPhase()));
    }

    MigMigration awaitSuccess(String name) {
        MigMigration ended = awaitEnd(name);
        assertThat(types(ended)).as(name + " " + ended.getStatus().getErrors()).contains("Succeeded");
        return ended;
    }

    /** Neither cluster was changed since its requests were forgotten; asking what an account may do changes nothing. */
    void assertNothingWritten() {
        for (EmbeddedCluster cluster : List.of(apps.source, apps.target)) {
            assertThat(cluster.requests())
                    .filteredOn(request -> request.userAgent().contains("mtc"))
                    .filteredOn(request -> !request.verb().equals("GET"))
                    .filteredOn(request -> !request.path().endsWith("/selfsubjectaccessreviews"))
                    .isEmpty();
        }
    }

    static Optional<Condition> condition(MigrationResource<?, ? extends ConditionedStatus> resource, String type) {
        return resource.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    static List<String> types(MigrationResource<?, ? extends ConditionedStatus> resource) {
        return resource.getStatus().getConditions().stream()
                .map(Condition::getType)
                .toList();
    }

    @Override
    public void close() {
        host.close();
        apps.close();
    }
}

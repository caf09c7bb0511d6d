package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Registry;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.objects.MapStore;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Two clusters, an application on the first, movers that do as they are told, and a state store. */
final class TestBed implements AutoCloseable {

    static final String APP = "app";
    static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PREFIX = "migration.openshift.io/";

    final EmbeddedCluster source;
    final EmbeddedCluster target;
    final StateStore state = StateStore.memory();
    final Script volumes = Script.succeeding();
    final Script images = Script.succeeding();
    final Events events = new Events();

    private TestBed(EmbeddedCluster source, EmbeddedCluster target) {
        this.source = source;
        this.target = target;
    }

    static TestBed withApp() {
        return withApp(EmbeddedCluster.start("old"), EmbeddedCluster.start("new"));
    }

    static TestBed withApp(EmbeddedCluster source, EmbeddedCluster target) {
        TestBed bed = new TestBed(source, target);
        namespace(bed.source, APP);
        bed.load("app.yaml");
        return bed;
    }

    void load(String file) {
        KubernetesClient client = source.client();
        try (InputStream yaml = Objects.requireNonNull(TestBed.class.getResourceAsStream(file))) {
            client.load(yaml).items().forEach(item -> {
                if (item instanceof Namespaced) {
                    client.resource(item).inNamespace(APP).create();
                } else {
                    client.resource(item).create();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(source.settle(LIMIT)).isTrue();
    }

    /** Makes objects on the source that the application needs and that are in no namespace. */
    void loadCompanions() {
        load("companions.yaml");
    }

    /** Makes OpenShift's constraints on both sides, those that the application uses on the source only. */
    void loadConstraints() {
        load("constraints.yaml");
        CustomResourceDefinition served = source.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("securitycontextconstraints.security.openshift.io")
                .get();
        target.client()
                .resource(new CustomResourceDefinitionBuilder()
                        .withNewMetadata()
                        .withName(served.getMetadata().getName())
                        .endMetadata()
                        .withSpec(served.getSpec())
                        .build())
                .create();
        assertThat(target.settle(LIMIT)).isTrue();
    }

    static void namespace(EmbeddedCluster cluster, String name) {
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        assertThat(cluster.settle(LIMIT)).isTrue();
    }

    Cluster sourceCluster() {
        return Clusters.of("old", source.client());
    }

    Cluster targetCluster() {
        return Clusters.of("new", target.client());
    }

    PlanBuilder planned() {
        return Plan.named("app")
                .from(sourceCluster().registry(Registry.at("old.example:5000")))
                .to(targetCluster().registry(Registry.at("new.example:5001")))
                .namespace(APP);
    }

    Plan plan() {
        return planned().build();
    }

    Migration migration(Plan plan) {
        return Migration.of(plan)
                .quiesce()
                .verify()
                .state(state)
                .provider(new MapStore())
                .provider(new ScriptedVolumeMover(volumes))
                .provider(new ScriptedImageMover(images))
                .listener(events);
    }

    Migration migration() {
        return migration(plan());
    }

    MigrationResult cutover() {
        return migration().cutover().await(LIMIT);
    }

    MigMigration kept(MigrationRun run) {
        return kept(run.id());
    }

    MigMigration kept(String runId) {
        return state.get(MigMigration.class, state.namespace(), runId).orElseThrow();
    }

    static Deployment deployment(EmbeddedCluster cluster, String name) {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(APP)
                .withName(name)
                .get();
    }

    static StatefulSet db(EmbeddedCluster cluster) {
        return cluster.client()
                .apps()
                .statefulSets()
                .inNamespace(APP)
                .withName("db")
                .get();
    }

    static boolean isSuspended(EmbeddedCluster cluster, String cronJob) {
        return Boolean.TRUE.equals(cluster.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(APP)
                .withName(cronJob)
                .get()
                .getSpec()
                .getSuspend());
    }

    static PersistentVolumeClaim claim(EmbeddedCluster cluster, String name) {
        return cluster.client()
                .persistentVolumeClaims()
                .inNamespace(APP)
                .withName(name)
                .get();
    }

    static String annotation(HasMetadata object, String name) {
        return object.getMetadata().getAnnotations().getOrDefault(PREFIX + name, "");
    }

    /** The source's applications run as they did before any migration. */
    void assertSourceRuns() {
        assertThat(source.settle(LIMIT)).isTrue();
        assertThat(deployment(source, "web").getSpec().getReplicas()).isEqualTo(2);
        assertThat(deployment(source, "web").getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(deployment(source, "parked").getSpec().getReplicas()).isZero();
        assertThat(db(source).getSpec().getReplicas()).isEqualTo(2);
        assertThat(isSuspended(source, "nightly")).isFalse();
        assertThat(isSuspended(source, "paused")).isTrue();
        for (Class<? extends HasMetadata> kind :
                List.of(Deployment.class, StatefulSet.class, DaemonSet.class, CronJob.class)) {
            assertThat(source.client().resources(kind).inNamespace(APP).list().getItems())
                    .isNotEmpty()
                    .allSatisfy(object -> assertThat(
                                    object.getMetadata().getAnnotations().keySet())
                            .noneMatch(key -> key.startsWith(PREFIX)));
        }
        assertThat(source.client()
                        .apps()
                        .daemonSets()
                        .inNamespace(APP)
                        .withName("agent")
                        .get()
                        .getStatus()
                        .getNumberReady())
                .isEqualTo(1);
    }

    void assertSourceStopped() {
        assertThat(source.settle(LIMIT)).isTrue();
        assertThat(deployment(source, "web").getSpec().getReplicas()).isZero();
        assertThat(annotation(deployment(source, "web"), "preQuiesceReplicas")).isEqualTo("2");
        assertThat(db(source).getSpec().getReplicas()).isZero();
        assertThat(isSuspended(source, "nightly")).isTrue();
    }

    /** Waits until no thread of any run is left. */
    static void assertNoThreadOf(String runId) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("mtc-" + runId)) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Override
    public void close() {
        state.close();
        source.close();
        target.close();
    }
}

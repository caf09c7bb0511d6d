package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.RunningController;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many plans of one controller, cut over all at once. */
class ManyPlansIT {

    private static final List<String> NAMES =
            IntStream.rangeClosed(1, 20).mapToObj(n -> "shop-" + n).toList();

    /** Their pods do not go until they are let go, so that the runs of these are under way together. */
    private static final List<String> HELD = NAMES.subList(0, 12);

    private HostBed bed;

    @BeforeEach
    void open() {
        bed = new HostBed();
        NAMES.forEach(this::application);
        assertThat(bed.apps.source.settle(TestBed.LIMIT)).isTrue();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private void application(String name) {
        TestBed.namespace(bed.apps.source, name);
        KubernetesClient client = bed.apps.source.client();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(name)
                        .withName("settings")
                        .endMetadata()
                        .withData(Map.of("shop", name))
                        .build())
                .create();
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(name)
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "web")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage("docker.example/web:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private void finalizers(String namespace, List<String> finalizers) {
        KubernetesClient client = bed.apps.source.client();
        for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
            client.resource(pod).edit(held -> new PodBuilder(held)
                    .editMetadata()
                    .withResourceVersion(null)
                    .withFinalizers(finalizers)
                    .endMetadata()
                    .build());
        }
    }

    private static Instant ended(MigMigration migration) {
        return Instant.parse(
                HostBed.condition(migration, "Succeeded").orElseThrow().getLastTransitionTime());
    }

    private static Instant begun(MigMigration migration) {
        return Instant.parse(String.valueOf(migration.getStatus().getStartTimestamp()));
    }

    /** How long all took together. */
    private static Duration wall(List<MigMigration> done) {
        return Duration.between(
                done.stream().map(ManyPlansIT::begun).min(Instant::compareTo).orElseThrow(),
                done.stream().map(ManyPlansIT::ended).max(Instant::compareTo).orElseThrow());
    }

    /** How long they would have taken one after the other. */
    private static Duration serial(List<MigMigration> done) {
        return done.stream().map(it -> Duration.between(begun(it), ended(it))).reduce(Duration.ZERO, Duration::plus);
    }

    private void assertMoved(String namespace) {
        Deployment web = bed.apps
                .target
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName("web")
                .get();
        assertThat(web.getStatus().getReadyReplicas()).isEqualTo(1);
        assertThat(bed.apps
                        .target
                        .client()
                        .configMaps()
                        .inNamespace(namespace)
                        .withName("settings")
                        .get()
                        .getData())
                .containsEntry("shop", namespace);
        assertThat(bed.apps.source.client().pods().inNamespace(namespace).list().getItems())
                .isEmpty();
    }

    @Test
    void cutovers_ofTwentyPlansOverTwoControllers_runTogetherAndAllSucceed() {
        HELD.forEach(namespace -> finalizers(namespace, List.of("example.com/held")));
        try (RunningController first = bed.controller("one")) {
            assertThat(first.awaitLeadership(TestBed.LIMIT)).isTrue();
            bed.clusters();
            NAMES.forEach(name -> bed.plan(name, name));
            NAMES.forEach(name -> bed.cutover(name, name));
            for (String name : HELD) {
                bed.await(MigMigration.class, name, "held", it -> "EnsureSrcQuiesced"
                        .equals(it.getStatus().getPhase()));
            }
        }
        Instant allBegun = HELD.stream()
                .map(name -> begun(bed.find(MigMigration.class, name).orElseThrow()))
                .max(Instant::compareTo)
                .orElseThrow();
        HELD.forEach(namespace -> finalizers(namespace, List.of()));

        try (RunningController second = bed.controller("two")) {
            assertThat(second.awaitLeadership(TestBed.LIMIT)).isTrue();
            List<MigMigration> done = NAMES.stream().map(bed::awaitSuccess).toList();

            assertThat(done)
                    .filteredOn(it -> !begun(it).isAfter(allBegun) && !ended(it).isBefore(allBegun))
                    .hasSizeGreaterThanOrEqualTo(10);
            assertThat(done).extracting(it -> it.getStatus().getErrors()).containsOnly(List.of());
            assertThat(wall(done)).isLessThan(serial(done).dividedBy(2));
        }
        NAMES.forEach(this::assertMoved);
        assertThat(bed.host
                        .client()
                        .resources(MigPlan.class)
                        .inNamespace(HostBed.NAMESPACE)
                        .list()
                        .getItems())
                .hasSameSizeAs(NAMES);
    }
}

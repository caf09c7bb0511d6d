package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.Migration;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.internal.plan.PlanSuffix;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application of the test bed with workloads of all kinds that share a claim, and a second storage class. */
final class ConversionBed implements AutoCloseable {

    static final String SOURCE_FOR = "migration.openshift.io/source-for-directvolumemigration";

    final TestBed bed;
    private final Cluster cluster;

    ConversionBed() {
        this(EmbeddedCluster.start("old"));
    }

    ConversionBed(EmbeddedCluster only) {
        bed = TestBed.withApp(only, EmbeddedCluster.start("new"));
        cluster = bed.sourceCluster();
        cluster().jobs().runOn("docker.example/crunch:1", "");
        addFastClass(cluster());
        bed.load("conversion.yaml");
    }

    /** Gives a cluster something to convert to. */
    static void addFastClass(EmbeddedCluster cluster) {
        cluster.client()
                .resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("fast")
                        .endMetadata()
                        .withProvisioner(EmbeddedCluster.PROVISIONER)
                        .build())
                .create();
    }

    EmbeddedCluster cluster() {
        return bed.source;
    }

    KubernetesClient client() {
        return bed.source.client();
    }

    PlanBuilder planned(String name, Cluster where) {
        return Plan.named(name)
                .from(where)
                .to(where)
                .namespace(TestBed.APP)
                .volumes(VolumeChoice.copy().storageClass("fast"));
    }

    PlanBuilder planned() {
        return planned("faster", cluster);
    }

    Plan plan() {
        return planned().build();
    }

    /** A migration that stops what it converts. */
    Migration migration(Plan plan) {
        return bed.migration(plan);
    }

    Migration migration() {
        return migration(plan());
    }

    void convert() {
        migration().migrateState().await(TestBed.LIMIT).requireClean();
    }

    /** {@return the suffix of the copies of a plan} */
    String suffix(Plan plan) {
        String uid = client().namespaces()
                .withName("kube-system")
                .get()
                .getMetadata()
                .getUid();
        String text = plan.name() + "\n" + uid + "\n" + uid;
        return PlanSuffix.of(
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /** {@return the claims, by name, with their storage classes} */
    Map<String, String> claims() {
        return client().persistentVolumeClaims().inNamespace(TestBed.APP).list().getItems().stream()
                .collect(Collectors.toMap(
                        claim -> claim.getMetadata().getName(),
                        claim -> claim.getSpec().getStorageClassName(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    PersistentVolumeClaim claim(String name) {
        return Objects.requireNonNull(TestBed.claim(bed.source, name), name);
    }

    /** {@return the claims that the templates of workloads name, by the workloads} */
    Map<String, String> mounted() {
        Map<String, String> mounted = new TreeMap<>();
        one(Deployment.class, "files")
                .ifPresent(o -> put(mounted, o, o.getSpec().getTemplate().getSpec()));
        one(DaemonSet.class, "scan")
                .ifPresent(o -> put(mounted, o, o.getSpec().getTemplate().getSpec()));
        one(ReplicaSet.class, "alone")
                .ifPresent(o -> put(mounted, o, o.getSpec().getTemplate().getSpec()));
        one(ReplicationController.class, "older")
                .ifPresent(o -> put(mounted, o, o.getSpec().getTemplate().getSpec()));
        one(CronJob.class, "sweep")
                .ifPresent(o -> put(
                        mounted,
                        o,
                        o.getSpec().getJobTemplate().getSpec().getTemplate().getSpec()));
        one(Job.class, "crunch")
                .ifPresent(o -> put(mounted, o, o.getSpec().getTemplate().getSpec()));
        return mounted;
    }

    private <R extends HasMetadata> Optional<R> one(Class<R> kind, String name) {
        return Optional.ofNullable(
                client().resources(kind).inNamespace(TestBed.APP).withName(name).get());
    }

    private static void put(Map<String, String> mounted, HasMetadata object, PodSpec spec) {
        mounted.put(
                object.getKind(),
                spec.getVolumes().get(0).getPersistentVolumeClaim().getClaimName());
    }

    /** {@return the claims that running pods use} */
    Stream<String> used() {
        assertThat(bed.source.settle(TestBed.LIMIT)).isTrue();
        return client().pods().inNamespace(TestBed.APP).list().getItems().stream()
                .filter(pod ->
                        !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .distinct();
    }

    /** {@return the uids of the pods of workloads that use no claim} */
    List<String> bystanders() {
        assertThat(bed.source.settle(TestBed.LIMIT)).isTrue();
        return client().pods().inNamespace(TestBed.APP).list().getItems().stream()
                .filter(pod -> List.of("web", "agent").contains(app(pod)))
                .map(pod -> pod.getMetadata().getUid())
                .sorted()
                .toList();
    }

    private static String app(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault("app", "");
    }

    private List<Secret> replacements() {
        return client().secrets()
                .inNamespace(TestBed.APP)
                .withLabel("app.kubernetes.io/component", "replacement")
                .list()
                .getItems();
    }

    /** All run on their claims, as before any conversion. */
    void assertAsBefore() {
        assertRunningOn("files", "data-db-0", "data-db-1");
        assertThat(mounted()).hasSize(6).allSatisfy((kind, claim) -> assertThat(claim)
                .isEqualTo("files"));
        bed.assertSourceRuns();
        assertThat(claims().keySet())
                .allSatisfy(name ->
                        assertThat(claim(name).getMetadata().getLabels()).doesNotContainKey(SOURCE_FOR));
    }

    /** All run on the copies of a plan, in a storage class. */
    void assertConverted(Plan plan, String storageClass) {
        String suffix = "-mig-" + suffix(plan);
        String ofSet = "data" + suffix + "-db-";
        assertRunningOn("files" + suffix, ofSet + "0", ofSet + "1");
        assertThat(mounted()).hasSize(6).allSatisfy((kind, claim) -> assertThat(claim)
                .isEqualTo("files" + suffix));
        assertThat(claims())
                .containsEntry("files" + suffix, storageClass)
                .containsEntry(ofSet + "0", storageClass)
                .containsEntry(ofSet + "1", storageClass);
        assertThat(TestBed.db(bed.source)
                        .getSpec()
                        .getVolumeClaimTemplates()
                        .get(0)
                        .getSpec()
                        .getStorageClassName())
                .isEqualTo(storageClass);
        assertThat(TestBed.db(bed.source).getMetadata().getAnnotations().keySet())
                .noneMatch(key -> key.contains("preQuiesce"));
    }

    private void assertRunningOn(String... claims) {
        assertThat(used()).containsExactlyInAnyOrder(claims);
        assertThat(TestBed.db(bed.source).getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(TestBed.deployment(bed.source, "files").getStatus().getReadyReplicas())
                .isEqualTo(2);
        assertThat(replacements()).isEmpty();
    }

    @Override
    public void close() {
        bed.close();
    }
}

package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.Remedy;
import dev.mtc.api.RunningController;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.engine.testing.RecordedRequest;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users get wrong is named by a condition, with the value and what to do, and nothing else happens. */
class WrongResourcesIT {

    private static final String SECRETS = "openshift-config";

    /** Where it is told. */
    private static final Set<String> TOLD =
            Set.of("migclusters", "migstorages", "migplans", "migmigrations", "events", "leases");

    private HostBed bed;
    private EmbeddedCluster guarded;
    private RunningController controller;

    /** Knows one bucket less than asked for. */
    private static final class NoBucket implements StorageProvider {
        @Override
        public String id() {
            return "no-bucket";
        }

        @Override
        public boolean supports(Storage storage) {
            return true;
        }

        @Override
        public ObjectStore open(Storage storage) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "There is no bucket '" + ((S3Storage) storage).bucket()
                            + "'; create the bucket or correct its name",
                    null);
        }
    }

    @BeforeEach
    void open() {
        bed = new HostBed();
        guarded = EmbeddedCluster.builder("guarded").rbac().start();
        TestBed.namespace(bed.host, SECRETS);
        controller = bed.described("one")
                .cluster(Clusters.of("without-rights", guarded.client("default", "nobody")))
                .provider(new NoBucket())
                .start();
        assertThat(controller.awaitLeadership(TestBed.LIMIT)).isTrue();
        bed.clusters();
        for (String name : Set.of("old", "new")) {
            bed.await(MigCluster.class, name, "ready", cluster -> HostBed.types(cluster)
                    .contains("Ready"));
        }
        bed.apps.source.forgetRequests();
        bed.apps.target.forgetRequests();
        bed.host.forgetRequests();
    }

    @AfterEach
    void close() {
        controller.close();
        guarded.close();
        bed.close();
    }

    /** Waits until something blocks a resource, which is not Ready then. */
    private <R extends MigrationResource<?, ? extends ConditionedStatus>> Condition blocker(
            Class<R> kind, String name) {
        R seen = bed.await(kind, name, "refused", it -> it.getStatus().getConditions().stream()
                .anyMatch(WrongResourcesIT::blocks));
        assertThat(HostBed.types(seen)).doesNotContain("Ready");
        assertThat(seen.getStatus().getConditions())
                .filteredOn(WrongResourcesIT::blocks)
                .hasSize(1);
        return seen.getStatus().getConditions().stream()
                .filter(WrongResourcesIT::blocks)
                .findFirst()
                .orElseThrow();
    }

    private static boolean blocks(Condition condition) {
        return condition.is(Category.CRITICAL) || condition.is(Category.ERROR);
    }

    private void assertNothingElse() {
        controller.close();
        bed.assertNothingWritten();
        assertThat(guarded.requests())
                .filteredOn(request -> !request.verb().equals("GET"))
                .extracting(RecordedRequest::path)
                .allMatch(path -> path.endsWith("/selfsubjectaccessreviews"));
        assertThat(bed.host.requests())
                .filteredOn(request -> request.userAgent().contains("mtc"))
                .filteredOn(request -> !request.verb().equals("GET"))
                .extracting(RecordedRequest::resource)
                .isSubsetOf(TOLD);
    }

    @Test
    void plan_withAMistypedField_namesItAndTheNearest() {
        bed.plan(
                "mistyped",
                plan -> plan.getSpec().additionalProperties().put("indirectVolumeMigraton", true),
                TestBed.APP);
        bed.cutover("of-mistyped", "mistyped");

        Condition refusal = blocker(MigPlan.class, "mistyped");

        assertThat(refusal.getType()).isEqualTo("UnknownField");
        assertThat(refusal.getMessage())
                .contains("spec.indirectVolumeMigraton is no field", "did you mean indirectVolumeMigration?");
        assertThat(blocker(MigMigration.class, "of-mistyped").getMessage())
                .contains("MigPlan openshift-migration/mistyped", "does not have a `Ready` condition");
        MigMigration refused = bed.find(MigMigration.class, "of-mistyped").orElseThrow();
        assertThat(refused.getStatus().getItinerary()).isNull();
        assertThat(refused.getStatus().getPipeline()).isEmpty();
        assertNothingElse();
    }

    @Test
    void cluster_withoutItsSecret_namesIt() {
        MigCluster cluster = HostBed.named(new MigCluster(), "without-secret");
        cluster.getSpec().setUrl("https://api.example:6443");
        cluster.getSpec()
                .setServiceAccountSecretRef(new ObjectReferenceBuilder()
                        .withNamespace(SECRETS)
                        .withName("absent")
                        .build());
        bed.create(cluster);

        Condition refusal = blocker(MigCluster.class, "without-secret");

        assertThat(refusal.getType()).isEqualTo("InvalidSaSecretRef");
        assertThat(refusal.getReason()).isEqualTo("NotFound");
        assertThat(refusal.getMessage()).contains("spec.serviceAccountSecretRef", "openshift-config/absent", "add");
        assertNothingElse();
    }

    @Test
    void cluster_withATokenWithoutRights_saysWhichAreMissing() {
        bed.cluster("without-rights");

        Condition refusal = blocker(MigCluster.class, "without-rights");

        assertThat(refusal.getType()).isEqualTo("SaTokenNotPrivileged");
        assertThat(refusal.getMessage())
                .contains("may not get, list, patch, create, delete everything", "kube-system", "requiredRoles()");
        assertNothingElse();
    }

    @Test
    void storage_ofABucketThatIsNotThere_namesIt() {
        bed.host
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(SECRETS)
                        .withName("keys")
                        .endMetadata()
                        .addToStringData("aws-access-key-id", "id")
                        .addToStringData("aws-secret-access-key", "key")
                        .build())
                .create();
        MigStorage storage = HostBed.named(new MigStorage(), "without-bucket");
        storage.getSpec().setBackupStorageProvider("aws");
        storage.getSpec().getBackupStorageConfig().setAwsBucketName("absent");
        storage.getSpec()
                .getBackupStorageConfig()
                .setCredsSecretRef(new ObjectReferenceBuilder()
                        .withNamespace(SECRETS)
                        .withName("keys")
                        .build());
        bed.create(storage);

        Condition refusal = blocker(MigStorage.class, "without-bucket");

        assertThat(refusal.getType()).isEqualTo("BackupStorageProviderTestFailed");
        assertThat(refusal.getReason()).isEqualTo("TestFailed");
        assertThat(refusal.getMessage())
                .contains("There is no bucket 'absent'", "create the bucket or correct its name");
        assertNothingElse();
    }
}

package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.Cluster.Connection;
import dev.mtc.api.model.v1alpha1.MigPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestsPlanTest extends EditedManifests {

    @Test
    void plan_ofSample_saysWhatTheManifestsSay() {
        Manifests manifests = Manifests.read(directory);
        Plan plan = manifests.plan("shop");
        assertThat(manifests.plans()).containsExactly("shop");
        assertThat(plan).hasToString("Plan[shop: old -> host, 2 namespaces]");
        assertThat(plan.namespaces()).hasToString("[shop:shop-eu, billing]");
        assertThat(plan.labelSelector()).contains("tier=front,app in (web,api),!canary");
        assertThat(plan.includedResources())
                .containsExactly("deployments.apps", "persistentvolumeclaims", "policies.acme.example");
        assertThat(plan.excludedResources()).containsExactly("events", "imagestreamtags.image.openshift.io");
        assertThat(plan.existing()).isEqualTo(ExistingPolicy.SKIP);
        assertThat(plan.imageRoute()).isEqualTo(Route.INDIRECT);
        assertThat(plan.volumeRoute()).isEqualTo(Route.DIRECT);
        assertThat(plan.volumeRule()).hasToString("Copy[FILESYSTEM, class gp3, verified]");
        assertThat(plan.volumeChoice("shop", "files"))
                .hasToString("Copy[BLOCK, class gp3, ReadWriteMany, 20Gi, as files-eu, verified]");
        assertThat(plan.volumeChoice("shop", "cache")).isEqualTo(VolumeChoice.skip());
        assertThat(plan.hooks()).singleElement().satisfies(planned -> {
            assertThat(planned.point()).isEqualTo(HookPoint.PRE_BACKUP);
            Hook.Job job = (Hook.Job) planned.hook();
            assertThat(job).hasToString("Hook[quay.io/acme/flush:1 on source]");
            assertThat(job.deadline()).isEqualTo(Duration.ofMinutes(5));
            assertThat(job.namespace()).contains("shop");
            assertThat(job.serviceAccount()).contains("default");
        });
    }

    @Test
    void plan_ofSample_reachesClustersAndStorageAsTheyAreDescribed() {
        Plan plan = Manifests.read(directory).plan("shop");
        assertThat(plan.from().connection()).isInstanceOfSatisfying(Connection.Token.class, connection -> {
            assertThat(connection.url()).hasToString("https://api.old.example:6443");
            assertThat(connection.token().reveal()).isEqualTo("sample-token");
        });
        assertThat(plan.from().caCertificates().orElseThrow()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(plan.from().registry().orElseThrow().host()).isEqualTo("registry.apps.old.example");
        assertThat(plan.to().connection()).isEqualTo(new Connection.InCluster());
        S3Storage storage = (S3Storage) plan.via().orElseThrow();
        assertThat(storage.name()).isEqualTo("repo");
        assertThat(storage.bucket()).isEqualTo("migrations");
        assertThat(storage.region()).isEqualTo("eu-west-1");
        assertThat(storage.addressing()).isEqualTo(S3Storage.Addressing.PATH);
        assertThat(storage.isInsecure()).isTrue();
        assertThat(storage.accessKey()).contains("sample-id");
        assertThat(storage.secretKey().orElseThrow().reveal()).isEqualTo("sample-key");
    }

    @Test
    void withHost_givenCluster_standsForTheHost() {
        Cluster host = Clusters.fromToken("https://host.example:6443", Secret.of("h"));
        Plan plan = Manifests.read(directory).withHost(host).plan("shop");
        assertThat(plan.to()).hasToString("Cluster[host, https://host.example:6443]");
    }

    @Test
    void withCluster_givenCluster_needsNoMigCluster() throws IOException {
        Files.delete(directory.resolve("10-clusters.yaml"));
        Plan plan = Manifests.read(directory)
                .withCluster(Clusters.inCluster())
                .withCluster(
                        Clusters.fromToken("https://o.example", Secret.of("o")).named("old"))
                .withStorage(Storage.directory(directory).named("repo"))
                .plan("shop");
        assertThat(plan.from().address()).isEqualTo("https://o.example");
        assertThat(plan.via()).containsInstanceOf(DirectoryStorage.class);
    }

    @Test
    void plan_missingReferences_areAllNamedWithTheirLines() throws IOException {
        edit("40-plan.yaml", "name: old\n", "name: odl\n");
        edit("40-plan.yaml", "name: host\n    namespace: openshift-migration", "name: host");
        edit("40-plan.yaml", "      name: flush\n", "      name: flash\n");
        Files.delete(directory.resolve("20-storage.yml"));
        assertThat(problems())
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.code() + " " + p.fix())
                .containsExactly(
                        "13 InvalidSourceClusterRef did you mean openshift-migration/old?",
                        "16 InvalidDestinationClusterRef add namespace: openshift-migration",
                        "18 InvalidStorageRef add the manifest of MigStorage openshift-migration/repo",
                        "43 InvalidHookRef did you mean openshift-migration/flush?");
    }

    @Test
    void plan_missingSecret_isNamedAtTheReference() throws IOException {
        assertAt(
                problem(
                        "10-clusters.yaml",
                        "    name: old-token\n    namespace: openshift-config",
                        "    name: tok\n    namespace: x"),
                "10-clusters.yaml:20",
                "InvalidSaSecretRef",
                "spec.serviceAccountSecretRef names Secret x/tok",
                "openshift-config/old-token");
    }

    @Test
    void plan_secretWithoutKeys_namesThemAtTheSecret() throws IOException {
        edit("20-storage.yml", "aws-access-key-id: sample-id", "aws-access-key: sample-id");
        edit("10-clusters.yaml", "saToken: ", "token: ");
        List<Problem> problems = problems();
        assertThat(problems).hasSize(2);
        assertAt(problems.get(0), "10-clusters.yaml:7", "InvalidSaToken", "saToken", "kubectl create secret");
        assertAt(problems.get(1), "20-storage.yml:7", "InvalidBackupStorageSettings", "aws-access-key-id", "kubectl");
        assertThat(problems.toString()).doesNotContain("sample-");
    }

    @Test
    void plan_badClusterFields_areRefused() throws IOException {
        edit("10-clusters.yaml", "url: https://", "url: http://");
        assertAt(
                problem(
                        "10-clusters.yaml",
                        "exposedRegistryPath: registry.apps.old.example",
                        "exposedRegistryPath: a b"),
                "10-clusters.yaml:19",
                "InvalidURL",
                "is not an https URL",
                "https://host:port");
        assertAt(
                problem("10-clusters.yaml", "url: http://", "url: https://"),
                "10-clusters.yaml:25",
                "InvalidRegistryRoute",
                "spec.exposedRegistryPath",
                "");
    }

    @Test
    void plan_noUrlOrCertificate_isRefused() throws IOException {
        assertAt(
                problem("10-clusters.yaml", "url: https://api.old.example:6443", "url: ''"),
                "10-clusters.yaml:19",
                "InvalidURL",
                "spec.url is not set",
                "https://host:port");
        edit("10-clusters.yaml", "url: ''", "url: https://a.example");
        String text = Files.readString(directory.resolve("10-clusters.yaml"));
        Files.writeString(
                directory.resolve("10-clusters.yaml"), text.replaceFirst("caBundle: .*", "caBundle: bm90aGluZw=="));
        assertAt(problems().get(0), "10-clusters.yaml:23", "InvalidCaBundle", "no PEM certificate", "BEGIN");
    }

    @Test
    void plan_otherStorageProvider_isRefused() throws IOException {
        assertAt(
                problem("20-storage.yml", "backupStorageProvider: aws", "backupStorageProvider: azure"),
                "20-storage.yml:17",
                "InvalidBackupStorageProvider",
                "'azure', which mtc cannot use",
                "S3");
    }

    @Test
    void plan_badStorageSettings_areRefused() throws IOException {
        edit("20-storage.yml", "awsBucketName: migrations", "awsBucketName: Migrations!");
        assertThat(problems())
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.code())
                .containsExactly("20 InvalidBackupStorageSettings");
    }

    @Test
    void plan_badStorageAnnotations_areRefused() throws IOException {
        edit(
                "20-storage.yml",
                "  name: repo\n  name",
                "  name: repo\n  annotations:\n    mtc.dev/credentials: 'profile:'\n  name");
        assertThat(problems())
                .extracting(Problem::code, Problem::fix)
                .contains(tuple("InvalidBackupStorageSettings", "write provider-chain or profile:NAME"));
        edit("20-storage.yml", "credentials: 'profile:'", "checksums: always");
        assertThat(problems())
                .extracting(Problem::code, Problem::fix)
                .contains(tuple("InvalidBackupStorageSettings", "write when-supported, or remove it"));
    }

    @Test
    void plan_storageWithKmsKey_asksForIt() throws IOException {
        edit("20-storage.yml", "    insecure: true", "    insecure: true\n    awsKmsKeyId: alias/mtc");
        S3Storage storage =
                (S3Storage) Manifests.read(directory).plan("shop").via().orElseThrow();
        assertThat(storage.kmsKey()).contains("alias/mtc");
    }

    @Test
    void plan_storageWithoutUrl_isAmazonsWithDefaults() throws IOException {
        edit("20-storage.yml", "    awsS3Url: https://s3.example:9000\n", "");
        edit("20-storage.yml", "    awsRegion: eu-west-1\n    awsS3Force", "    awsS3Force");
        S3Storage storage =
                (S3Storage) Manifests.read(directory).plan("shop").via().orElseThrow();
        assertThat(storage.endpoint()).isEmpty();
        assertThat(storage.region()).isEqualTo("us-east-1");
        assertThat(storage.addressing()).isEqualTo(S3Storage.Addressing.VIRTUAL_HOST);
    }

    @Test
    void plan_closedOrLive_isRefused() throws IOException {
        edit("40-plan.yaml", "  indirectImageMigration: true", "  closed: true\n  liveMigrate: true");
        assertThat(problems()).extracting(Problem::code).containsExactly("Closed", "LiveMigrationNotSupported");
    }

    @Test
    void plan_brokenRules_areLocatedInTheFile() throws IOException {
        edit("40-plan.yaml", "  - billing", "  - billing:shop-eu\n  - Nope");
        edit("40-plan.yaml", "      namespace: shop\n      name: cache", "      namespace: else\n      name: cache");
        assertThat(problems())
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.code() + " " + p.message())
                .containsExactly(
                        "24 DuplicateNamespaceOnDestinationCluster spec.namespaces[1]: two namespaces would become 'shop-eu'",
                        "25 NamespaceNotDNSCompliant spec.namespaces[2]: 'Nope' is not an RFC 1123 label",
                        "72 InvalidPVCs spec.persistentVolumes[1]: namespace 'else' is not in the plan");
    }

    @Test
    void plan_badVolumes_areRefused() throws IOException {
        edit("40-plan.yaml", "copyMethod: block", "copyMethod: blocks");
        edit("40-plan.yaml", "action: skip", "action: skp");
        assertThat(problems())
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.code() + " " + p.fix())
                .containsExactly("59 PvInvalidCopyMethod did you mean block?", "77 PvInvalidAction did you mean skip?");
    }

    @Test
    void plan_accessModes_followMtc() throws IOException {
        edit("40-plan.yaml", "      accessMode: ReadWriteMany\n", "");
        assertThat(Manifests.read(directory).plan("shop").volumeChoice("shop", "files"))
                .asString()
                .contains("ReadWriteOnce");
        edit("40-plan.yaml", "      storageClass: gp3\n", "      accessMode: auto\n");
        assertThat(Manifests.read(directory).plan("shop").volumeChoice("shop", "files"))
                .hasToString("Copy[BLOCK, 20Gi, as files-eu, verified]");
        edit("40-plan.yaml", "accessMode: auto", "accessMode: ReadWriteTwice");
        assertAt(problems().get(0), "40-plan.yaml:60", "PvInvalidAccessMode", "ReadWriteTwice", "ReadWriteOnce");
    }

    @Test
    void plan_unconfirmedCapacity_isNoChoice() throws IOException {
        edit("40-plan.yaml", "    capacityConfirmed: true\n", "");
        assertThat(Manifests.read(directory).plan("shop").volumeChoice("shop", "files"))
                .asString()
                .doesNotContain("20Gi");
    }

    @Test
    void plan_badSelector_isRefused() throws IOException {
        assertAt(
                problem("40-plan.yaml", "operator: In", "operator: Within"),
                "40-plan.yaml:34",
                "InvalidLabelSelector",
                "'Within' is none of In",
                "");
    }

    @Test
    void plan_verificationAnnotation_saysHowMuchIsCompared() throws IOException {
        edit(
                "40-plan.yaml",
                "mtc.dev/existing: skip",
                "mtc.dev/existing: skip\n    mtc.dev/verification: shop/files=sampled, *=metadata");
        Plan plan = Manifests.read(directory).plan("shop");
        assertThat(plan.volumeRule()).hasToString("Copy[FILESYSTEM, class gp3, verified metadata]");
        assertThat(plan.volumeChoice("shop", "files").toString()).endsWith("verified sampled]");
    }

    @Test
    void plan_unknownVerification_isRefusedOnce() throws IOException {
        edit(
                "40-plan.yaml",
                "mtc.dev/existing: skip",
                "mtc.dev/existing: skip\n    mtc.dev/verification: shop/files=some");
        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("shop/files=some", "=metadata"));
    }

    @Test
    void plan_volumeEndpoint_isReadInOurWordsAndInThoseOfMtc() throws IOException {
        edit(
                "40-plan.yaml",
                "mtc.dev/existing: skip",
                "mtc.dev/existing: skip\n    mtc.dev/volume-endpoint: load-balancer");
        assertThat(Manifests.read(directory).plan("shop").volumeEndpoint()).isEqualTo(EndpointChoice.LOAD_BALANCER);
        edit("40-plan.yaml", "mtc.dev/volume-endpoint: load-balancer", "mtc.dev/volume-endpoint: NodePort");
        assertThat(Manifests.read(directory).plan("shop").volumeEndpoint()).isEqualTo(EndpointChoice.NODE_PORT);
    }

    @Test
    void plan_volumeBandwidth_isReadOrRefusedWithItsValue() throws IOException {
        edit("40-plan.yaml", "mtc.dev/existing: skip", "mtc.dev/existing: skip\n    mtc.dev/volume-bandwidth: 50Mi");
        assertThat(Manifests.read(directory).plan("shop").volumeBytesPerSecond())
                .hasValue(50L << 20);
        edit("40-plan.yaml", "mtc.dev/volume-bandwidth: 50Mi", "mtc.dev/volume-bandwidth: 50 mbit");
        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("mtc.dev/volume-bandwidth", "'50 mbit'", "write it like 20Gi"));
    }

    @Test
    void plan_wayBack_isKnownByItsAnnotation() throws IOException {
        edit("40-plan.yaml", "mtc.dev/existing: skip", "mtc.dev/existing: update\n    mtc.dev/reverses: bank");
        assertThat(Manifests.read(directory).plan("shop").reverses()).contains("bank");
    }

    @Test
    void plan_unknownVolumeEndpoint_isRefusedWithTheNearest() throws IOException {
        edit("40-plan.yaml", "mtc.dev/existing: skip", "mtc.dev/existing: skip\n    mtc.dev/volume-endpoint: tunel");
        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("mtc.dev/volume-endpoint", "'tunel'", "did you mean tunnel?"));
    }

    @Test
    void plan_misspeltOrWrongAnnotations_areRefused() throws IOException {
        edit("40-plan.yaml", "mtc.dev/excluded-resources", "mtc.dev/exclude-resources");
        edit("40-plan.yaml", "mtc.dev/existing: skip", "mtc.dev/existing: never");
        edit("40-plan.yaml", "'{\"selection\"", "'[{\"selection\"");
        edit("20-storage.yml", "  name: repo\n", "  name: repo\n  annotations: {mtc.dev/addressing: host}\n");
        assertThat(problems())
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.fix())
                .containsExactly(
                        "9 did you mean mtc.dev/excluded-resources?",
                        "15 write path or virtual-host",
                        "11 write it like {\"selection\":{\"action\":\"skip\"}}",
                        "10 write fail, skip or update");
    }

    @Test
    void accessors_giveModelObjectsOfTheCaller() {
        Manifests manifests = Manifests.read(directory);
        MigPlan plan = manifests.migPlan("shop");
        plan.getSpec().getNamespaces().clear();
        assertThat(manifests.migPlan("shop").getSpec().getNamespaces()).hasSize(2);
        assertThat(manifests.migCluster("host").getSpec().isHostCluster()).isTrue();
        assertThat(manifests.migCluster("host").getStatus().additionalProperties())
                .containsEntry("fieldOfANewerMtc", "kept");
        assertThat(manifests
                        .migStorage("repo")
                        .getSpec()
                        .getBackupStorageConfig()
                        .getAwsBucketName())
                .isEqualTo("migrations");
        assertThat(manifests.migMigrations()).singleElement().satisfies(migration -> {
            assertThat(migration.getMetadata().getName()).isEqualTo("shop-final");
            assertThat(migration.getSpec().isQuiescePods()).isTrue();
            assertThat(migration.getSpec().getRunAsUser()).isEqualTo(1000);
        });
    }

    @Test
    void plan_unknownName_namesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.read(directory).plan("shp"))
                .withMessageContaining("[shop]");
    }

    @Test
    void toString_ofSample_isShortAndWithoutSecrets() {
        assertThat(Manifests.read(directory))
                .hasToString(
                        "Manifests[2 Secret, 1 ConfigMap, 2 MigCluster, 1 MigStorage, 1 MigHook, 1 MigPlan, 1 MigMigration]");
    }

    @Test
    void toYaml_ofWhatWasRead_readsBackToTheSame() throws IOException {
        Manifests first = Manifests.read(directory);
        assertThat(first.toYaml())
                .startsWith("---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: migration-cluster-config\n")
                .doesNotContain("status")
                .doesNotContain("null")
                .doesNotContain("sample-");
        assertThat(first.notExpressible())
                .extracting(Problem::where)
                .containsExactly("secrets[openshift-config/old-token]", "secrets[openshift-config/repo-credentials]");
        Path copy = Files.createDirectory(directory.resolve("copy"));
        assertThat(first.write(copy)).hasSize(7).allMatch(Files::exists);
        Files.copy(
                directory.resolve("10-clusters.yaml"),
                copy.resolve("migcluster-host.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(copy.resolve("migcluster-old.yaml"));
        Files.copy(
                directory.resolve("20-storage.yml"),
                copy.resolve("migstorage-repo.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(PlanText.of(Manifests.read(copy).plan("shop"))).isEqualTo(PlanText.of(first.plan("shop")));
    }
}

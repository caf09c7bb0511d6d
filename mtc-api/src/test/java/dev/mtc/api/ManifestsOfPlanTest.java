package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsOfPlanTest {

    private static final byte[] PEM =
            "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private static Plan.Builder plan() {
        return Plan.named("shop")
                .from(Clusters.fromToken("https://old.example:6443", Secret.of("s1"))
                        .named("old"))
                .to(Clusters.inCluster())
                .namespace("shop", "shop-eu");
    }

    @Test
    void toYaml_ofPlan_isWhatKubectlApplies() {
        Plan plan = plan().labelSelector("app in (web,api)")
                .volume("shop/files", VolumeChoice.copy().storageClass("gp3").rename("files-eu"))
                .hook(HookPoint.PRE_BACKUP, Hook.image("quay.io/acme/flush:1").on(Side.TARGET))
                .build();
        assertThat(plan.toManifests().toYaml())
                .isEqualTo(
                        """
                        ---
                        apiVersion: migration.openshift.io/v1alpha1
                        kind: MigCluster
                        metadata:
                          name: old
                          namespace: openshift-migration
                        spec:
                          isHostCluster: false
                          url: https://old.example:6443
                          serviceAccountSecretRef:
                            name: old-token
                            namespace: openshift-config
                        ---
                        apiVersion: migration.openshift.io/v1alpha1
                        kind: MigCluster
                        metadata:
                          name: host
                          namespace: openshift-migration
                        spec:
                          isHostCluster: true
                        ---
                        apiVersion: migration.openshift.io/v1alpha1
                        kind: MigHook
                        metadata:
                          name: shop-prebackup
                          namespace: openshift-migration
                        spec:
                          custom: true
                          image: quay.io/acme/flush:1
                          targetCluster: destination
                          activeDeadlineSeconds: 1800
                        ---
                        apiVersion: migration.openshift.io/v1alpha1
                        kind: MigPlan
                        metadata:
                          name: shop
                          namespace: openshift-migration
                        spec:
                          persistentVolumes:
                            - capacity: "0"
                              supported:
                                actions:
                                  - copy
                                copyMethods:
                                  - filesystem
                              selection:
                                action: copy
                                storageClass: gp3
                                copyMethod: filesystem
                              pvc:
                                namespace: shop
                                name: files:files-eu
                              proposedCapacity: "0"
                          namespaces:
                            - shop:shop-eu
                          srcMigClusterRef:
                            name: old
                            namespace: openshift-migration
                          destMigClusterRef:
                            name: host
                            namespace: openshift-migration
                          hooks:
                            - reference:
                                name: shop-prebackup
                                namespace: openshift-migration
                              phase: PreBackup
                              executionNamespace: shop-eu
                              serviceAccount: default
                          labelSelector:
                            matchExpressions:
                              - key: app
                                operator: In
                                values:
                                  - web
                                  - api
                        """);
    }

    @Test
    void notExpressible_ofPlan_namesSecretsAndWhatIsLost() {
        Plan plan = plan().to(Clusters.of("new", silentClient()))
                .via(Storage.directory(directory))
                .hook(HookPoint.POST_RESTORE, Hook.call(context -> {}))
                .transform(Transform.of("rename", object -> object))
                .from(Clusters.fromToken("https://old.example", Secret.of("old-secret"))
                        .registry(Registry.at("r.example").credentials("me", Secret.of("pw"))))
                .build();
        Manifests manifests = plan.toManifests();
        assertThat(manifests.notExpressible())
                .extracting(problem -> problem.severity() + " " + problem.where())
                .containsExactly(
                        "WARN secrets[openshift-config/old-example-token]",
                        "ERROR from.registry",
                        "ERROR to",
                        "ERROR via",
                        "ERROR hooks[PostRestore]",
                        "ERROR transforms[rename]");
        assertThat(manifests.notExpressible().toString() + manifests.toYaml())
                .doesNotContain("old-secret")
                .doesNotContain("pw");
        assertThat(manifests).hasToString("Manifests[1 MigCluster, 1 MigPlan]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1e3", "0x1f", "123", "1-2", "null", "true", "a", "on", "1", "0b1", "123-45"})
    void toYaml_namesThatLookLikeSomethingElse_readBackAsText(String name) throws IOException {
        Plan plan = plan().namespace(name, "to-" + name)
                .labelSelector("a in (" + name + ",x),b=" + name)
                .build();
        assertThat(PlanText.of(readBack(plan))).isEqualTo(PlanText.of(plan));
    }

    @Test
    void readBack_ofRandomPlans_givesEqualPlans() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            Plan plan = randomPlan(new Random(seed));
            assertThat(PlanText.of(readBack(plan))).as("seed " + seed).isEqualTo(PlanText.of(plan));
        }
    }

    private static KubernetesClient silentClient() {
        return (KubernetesClient) Proxy.newProxyInstance(
                ManifestsOfPlanTest.class.getClassLoader(),
                new Class<?>[] {KubernetesClient.class},
                (proxy, method, arguments) -> null);
    }

    private Plan readBack(Plan plan) throws IOException {
        Manifests manifests = plan.toManifests();
        assertThat(manifests.notExpressible())
                .allMatch(problem -> problem.code().equals("SecretNotWritten"));
        StringBuilder text = new StringBuilder(manifests.toYaml());
        secret(text, "saToken", plan.from().name() + "-token", "s1");
        secret(text, "saToken", plan.to().name() + "-token", "s2");
        plan.via().ifPresent(storage -> text.append("---\napiVersion: v1\nkind: Secret\nmetadata: {name: ")
                .append(storage.name())
                .append("-credentials, namespace: openshift-config}\nstringData:\n"
                        + "  aws-access-key-id: id\n  aws-secret-access-key: key\n"));
        Path file = directory.resolve("plan.yaml");
        Files.writeString(file, text);
        return Manifests.read(file).plan(plan.name());
    }

    private static void secret(StringBuilder text, String key, String name, String value) {
        text.append("---\napiVersion: v1\nkind: Secret\nmetadata: {name: \"" + name
                + "\", namespace: openshift-config}\nstringData: {" + key + ": " + value + "}\n");
    }

    private static String any(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static Plan randomPlan(Random random) {
        Plan.Builder plan = Plan.named(any(random, "shop", "1e3", "no", "p-1"))
                .from(cluster(random, "a", "s1"))
                .to(random.nextBoolean() ? Clusters.inCluster() : cluster(random, "b", "s2"))
                .via(storage(random));
        int namespaces = 1 + random.nextInt(3);
        for (int i = 0; i < namespaces; i++) {
            plan.namespace("n" + i, random.nextBoolean() ? "n" + i : any(random, "x", "y") + i);
        }
        if (random.nextBoolean()) {
            plan.labelSelector(
                    any(random, "a=b", "a in (x,1),c", "!a,b!=yes", "example.com/a=,b notin (u,v)", "z,a=1,a=2"));
        }
        if (random.nextBoolean()) {
            plan.includeResources(
                    "deployments.apps",
                    any(random, "endpoints", "widgets.acme.example", "ingresses.networking.k8s.io"));
            plan.excludeResources("events", "routes.route.openshift.io");
        }
        if (random.nextBoolean()) {
            VolumeChoice rule = choice(random);
            boolean renames =
                    rule instanceof VolumeChoice.Copy copy && copy.targetName().isPresent();
            plan.volumes(renames ? VolumeChoice.skip() : rule);
        }
        int volumes = random.nextInt(4);
        for (int i = 0; i < volumes; i++) {
            plan.volume("n" + random.nextInt(namespaces) + "/v" + i, choice(random));
        }
        for (HookPoint point : HookPoint.values()) {
            if (random.nextInt(3) == 0) {
                plan.hook(point, hook(random));
            }
        }
        plan.existing(ExistingPolicy.values()[random.nextInt(3)]);
        plan = random.nextBoolean() ? plan.directImages() : plan.indirectImages();
        return (random.nextBoolean() ? plan.directVolumes() : plan.indirectVolumes()).build();
    }

    private static Cluster cluster(Random random, String name, String token) {
        Cluster cluster = Clusters.fromToken("https://" + name + ".example:6443", Secret.of(token))
                .named(name);
        cluster = random.nextBoolean() ? cluster.insecure() : cluster.caBundle(PEM);
        cluster = random.nextBoolean() ? cluster : cluster.exposedRegistry(any(random, "r.example", "http://r:5000"));
        return random.nextBoolean() ? cluster : cluster.moverImage("quay.io/acme/mover:1");
    }

    private static Storage storage(Random random) {
        S3Storage storage =
                random.nextBoolean() ? Storage.s3("bucket") : Storage.s3("bucket.eu", "http://10.0.0.1:9000");
        storage = random.nextBoolean() ? storage : storage.pathStyleAccess();
        storage = random.nextBoolean() ? storage : storage.credentials("id", Secret.of("key"));
        storage = random.nextBoolean() ? storage : storage.region("eu-west-1").prefix("team a/");
        storage = random.nextBoolean() ? storage : storage.caBundle(PEM).insecure();
        return storage.named(any(random, "repo", "off"));
    }

    private static VolumeChoice choice(Random random) {
        if (random.nextInt(4) == 0) {
            return random.nextBoolean() ? VolumeChoice.move() : VolumeChoice.skip();
        }
        VolumeChoice.Copy copy = VolumeChoice.copy(CopyMethod.values()[random.nextInt(3)]);
        copy = random.nextBoolean() ? copy : copy.storageClass(any(random, "gp3", "123", "fast.ssd"));
        copy = random.nextBoolean() ? copy : copy.accessMode(any(random, "ReadWriteOnce", "ReadWriteOncePod"));
        copy = random.nextBoolean() ? copy : copy.size(any(random, "20Gi", "1.5Gi", "1000000", "7G"));
        copy = random.nextBoolean() ? copy : copy.rename(any(random, "w", "1.2"));
        return random.nextBoolean() ? copy : copy.verify();
    }

    private static Hook hook(Random random) {
        Hook.Job job = Hook.image(any(random, "busybox", "r:5000/a/b@sha256:0")).on(Side.values()[random.nextInt(2)]);
        job = random.nextBoolean() ? job : job.inNamespace("tools");
        job = random.nextBoolean() ? job : job.serviceAccount("runner");
        return random.nextBoolean() ? job : job.deadline(Duration.ofSeconds(90));
    }

    @Test
    void toManifests_unreadableAuthorities_areReported() {
        Plan plan = plan().from(Clusters.fromToken("https://old.example", Secret.of("s"))
                        .caBundle(directory.resolve("none.pem")))
                .build();
        assertThat(plan.toManifests().notExpressible())
                .anySatisfy(problem -> assertThat(problem.where()).isEqualTo("from.caBundle"));
    }

    @Test
    void write_toWhereNothingCanBeWritten_saysSo() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Manifests manifests = plan().build().toManifests();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> manifests.write(file))
                .withMessageContaining("file");
    }
}

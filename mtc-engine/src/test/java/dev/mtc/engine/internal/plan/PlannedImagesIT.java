package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.objects.KindWithoutSchema;
import dev.mtc.engine.internal.objects.RestoreSettings;
import dev.mtc.engine.internal.objects.SelectedImages;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannedImagesIT {

    private static final String INTERNAL = "image-registry.svc:5000";
    private static final String OLDER = "sha256:" + "1".repeat(64);
    private static final String NEWER = "sha256:" + "2".repeat(64);

    private final EmbeddedCluster old =
            EmbeddedCluster.builder("old").withoutWorkloads().start();
    private final ApiServer server = Connections.open(Side.SOURCE, Clusters.of("old", old.client()));
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @BeforeEach
    void define() {
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}");
        create(KindWithoutSchema.yaml("buildconfigs", "build.openshift.io", "BuildConfig", "v1"));
        create(KindWithoutSchema.yaml("imagestreams", "image.openshift.io", "ImageStream", "v1"));
        create(KindWithoutSchema.yaml("workers", "acme.example", "Worker", "v1"));
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
        server.close();
        old.close();
    }

    /** {@return the UID of what was created} */
    private String create(String yaml) {
        return old.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .create()
                .get(0)
                .getMetadata()
                .getUid();
    }

    private PlanBuilder plan() {
        return Plan.named("shop")
                .from(Clusters.of("old", old.client()).registry(Registry.at("old.example")))
                .to(Clusters.inCluster().named("new").registry(Registry.at("new.example")))
                .namespace("shop", "shop-eu");
    }

    /** What is found if the target serves what the source does. */
    private List<PlannedImage> find(PlanBuilder builder) {
        Plan plan = builder.build();
        Discovery served = Discovery.of(server, executor);
        SelectedImages.Found found =
                SelectedImages.find(server, served, served, RestoreSettings.of(plan, "plan", "migration"));
        InternalRegistries internal = new InternalRegistries(INTERNAL, null);
        return PlannedImages.images(found, ImageMapping.of(plan, internal).orElseThrow());
    }

    private List<String> targets(PlanBuilder plan) {
        return find(plan).stream().map(PlannedImage::target).toList();
    }

    @Test
    void find_buildsStreamsAndVolumes_findsWhatTheyComeFrom() {
        create(
                """
                apiVersion: build.openshift.io/v1
                kind: BuildConfig
                metadata: {name: b, namespace: shop}
                spec:
                  source: {images: [{from: {kind: DockerImage, name: old.example/shop/source}}]}
                  strategy: {sourceStrategy: {from: {kind: DockerImage, name: old.example/shop/base}}}
                  output: {to: {kind: DockerImage, name: old.example/shop/output}}
                """);
        create(
                """
                apiVersion: image.openshift.io/v1
                kind: ImageStream
                metadata: {name: i, namespace: shop}
                spec: {tags: [{name: "1", from: {kind: DockerImage, name: "old.example/shop/tag:1"}}, {name: "2", from: {kind: ImageStreamTag, name: "x:1"}}]}
                """);
        create(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d, namespace: shop}
                spec:
                  selector: {matchLabels: {app: d}}
                  template:
                    metadata: {labels: {app: d}}
                    spec:
                      containers: [{name: a, image: old.example/shop/web}, {name: b, image: elsewhere.example/web}, {name: c, image: "redis:7"}]
                      volumes: [{name: v, image: {reference: old.example/shop/volume}}]
                """);

        List<PlannedImage> found = find(plan().copyImages("docker.io/library", "new.example/hub"));

        assertThat(found)
                .as("a registry can be asked for it only with its host")
                .contains(new PlannedImage("docker.io/library/redis:7", "new.example/hub/redis:7"));
        assertThat(found)
                .extracting(PlannedImage::target)
                .containsExactlyInAnyOrder(
                        "new.example/hub/redis:7",
                        "new.example/shop-eu/source",
                        "new.example/shop-eu/base",
                        "new.example/shop-eu/tag:1",
                        "new.example/shop-eu/web",
                        "new.example/shop-eu/volume");
    }

    /** An object of each kind that holds pods, whose one image or images are called after where they stand. */
    private static final Map<String, String> KINDS = Map.of(
            "Pod",
            "v1; spec: {containers: [{name: c, image: old.example/shop/c}], initContainers: [{name: i, image: old.example/shop/i}]}",
            "PodTemplate",
            "v1; template: {spec: {containers: [{name: c, image: old.example/shop/c}], initContainers: [{name: i, image: old.example/shop/i}]}}",
            "CronJob",
            "batch/v1; spec: {schedule: '* * * * *', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: old.example/shop/c}], initContainers: [{name: i, image: old.example/shop/i}]}}}}}",
            "Job",
            "batch/v1; spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: old.example/shop/c}], initContainers: [{name: i, image: old.example/shop/i}]}}}",
            "StatefulSet",
            "apps/v1; spec: {serviceName: s, selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: old.example/shop/c}], initContainers: [{name: i, image: old.example/shop/i}]}}}",
            "DaemonSet",
            "apps/v1; spec: {selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: old.example/shop/c}], initContainers: [{name: i, image: old.example/shop/i}]}}}",
            "ReplicaSet",
            "apps/v1; spec: {selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: old.example/shop/c}], initContainers: [{name: i, image: old.example/shop/i}]}}}",
            "ReplicationController",
            "v1; spec: {selector: {app: x}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: old.example/shop/c}], initContainers: [{name: i, image: old.example/shop/i}]}}}",
            "Worker",
            "acme.example/v1; spec: {deep: {pod: {containers: [{image: old.example/shop/c}], ephemeralContainers: [{name: i, image: old.example/shop/i}]}}}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pod",
                "PodTemplate",
                "CronJob",
                "Job",
                "StatefulSet",
                "DaemonSet",
                "ReplicaSet",
                "ReplicationController",
                "Worker"
            })
    void find_eachKindWithPods_findsAllTheirImages(String kind) {
        String[] object = KINDS.getOrDefault(kind, "").split("; ", 2);
        create("apiVersion: " + object[0] + "\nkind: " + kind + "\nmetadata: {name: x, namespace: shop}\n" + object[1]);

        assertThat(targets(plan())).containsExactly("new.example/shop-eu/c", "new.example/shop-eu/i");
    }

    @Test
    void find_whatIsNotCarriedOver_isNotCopied() {
        create(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: over, namespace: shop}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: old.example/shop/over}]}}}
                """);
        String owner = create("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: shop}");
        create(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: made, namespace: shop, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: x, uid: %s, controller: true}]}
                spec: {containers: [{name: c, image: old.example/shop/made}]}
                """
                        .formatted(owner));
        create(
                """
                apiVersion: acme.example/v1
                kind: Worker
                metadata: {name: excluded, namespace: shop}
                spec: {containers: [{image: old.example/shop/excluded}]}
                """);
        old.client().batch().v1().jobs().inNamespace("shop").withName("over").editStatus(job -> {
            job.setStatus(new JobStatusBuilder()
                    .addNewCondition()
                    .withType("Complete")
                    .withStatus("True")
                    .endCondition()
                    .build());
            return job;
        });

        assertThat(old.client().pods().inNamespace("shop").list().getItems()).hasSize(1);
        assertThat(targets(plan().excludeResources("workers.acme.example"))).isEmpty();
    }

    @Test
    void find_ofAPausedDeployment_takesTheRolloutThatItHoldsBack() {
        String pod =
                "template: {metadata: {labels: {app: d}}, spec: {containers: [{name: c, image: 'old.example/shop/web:%d'}]}}";
        String owner = create(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d, namespace: shop}
                spec: {paused: true, selector: {matchLabels: {app: d}}, %s}
                """
                        .formatted(pod.formatted(3)));
        for (int revision : new int[] {1, 2}) {
            create(
                    """
                    apiVersion: apps/v1
                    kind: ReplicaSet
                    metadata:
                      name: d-%1$d
                      namespace: shop
                      annotations: {deployment.kubernetes.io/revision: "%1$d"}
                      ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: d, uid: %3$s, controller: true}]
                    spec: {selector: {matchLabels: {app: d}}, %2$s}
                    """
                            .formatted(revision, pod.formatted(revision), owner));
        }

        assertThat(targets(plan())).containsExactly("new.example/shop-eu/web:2", "new.example/shop-eu/web:3");
    }

    @Test
    void find_inAStream_takesEveryImageOfEachTagTheOldestFirst() {
        create(
                """
                apiVersion: image.openshift.io/v1
                kind: ImageStream
                metadata: {name: web, namespace: shop}
                spec: {tags: [{name: fixed, from: {kind: ImageStreamImage, name: "web@%1$s"}}]}
                status:
                  dockerImageRepository: %3$s/shop/web
                  tags:
                  - tag: latest
                    items:
                    - {dockerImageReference: "%3$s/shop/web@%2$s"}
                    - {dockerImageReference: "elsewhere.example/web@%1$s"}
                    - {dockerImageReference: "%3$s/shop/base@%1$s"}
                  - tag: fixed
                    items: [{dockerImageReference: "%3$s/shop/web@%1$s"}]
                """
                        .formatted(OLDER, NEWER, INTERNAL));
        create(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: shop}
                spec: {containers: [{name: c, image: "%s/shop/web@%s"}]}
                """
                        .formatted(INTERNAL, NEWER));

        assertThat(find(plan()))
                .as("the pod's image comes with the tag")
                .containsExactly(
                        new PlannedImage("old.example/shop/base@" + OLDER, "new.example/shop-eu/web:latest"),
                        new PlannedImage("old.example/shop/web@" + NEWER, "new.example/shop-eu/web:latest"),
                        new PlannedImage("old.example/shop/web@" + OLDER, "new.example/shop-eu/web@" + OLDER));
    }

    @Test
    void find_inAStreamOfAnotherRegistry_followsItsRule() {
        create(
                """
                apiVersion: image.openshift.io/v1
                kind: ImageStream
                metadata: {name: web, namespace: shop}
                spec: {dockerImageRepository: quay.io/acme/web}
                status: {tags: [{tag: "1", items: [{dockerImageReference: "quay.io/acme/web@%s"}]}]}
                """
                        .formatted(NEWER));

        assertThat(find(plan())).isEmpty();
        assertThat(find(plan().copyImages("quay.io/acme", "new.example/acme")))
                .containsExactly(new PlannedImage("quay.io/acme/web@" + NEWER, "new.example/acme/web:1"));
    }
}

package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.Plan;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Image streams whose status names the source's registry as only its own pods can reach it. */
class ImageStreamsRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String NAME = "image-streams-it";
    private static final String THERE = NAME + "-there";
    private static final String INTERNAL = "image-registry.inside.test:5000";
    private static final String DEFINITION = "imagestreams.image.openshift.io";
    private static final ResourceDefinitionContext STREAMS = new ResourceDefinitionContext.Builder()
            .withGroup("image.openshift.io")
            .withVersion("v1")
            .withPlural("imagestreams")
            .withKind("ImageStream")
            .withNamespaced(true)
            .build();

    private final String name = "app-" + System.currentTimeMillis();

    @Test
    void cutover_ofAStream_bringsTheTagsPastAndPointsPodsToTheTarget() {
        try (RealNamespace source = RealNamespace.onSource(NAME);
                RealNamespace there = RealNamespace.onTarget(THERE)) {
            List.of(source, there).forEach(namespace -> {
                namespace.delete();
                define(namespace);
            });
            TwoPlatformImage image = TwoPlatformImage.push(NAME + "/" + name);
            source.create();
            stream(source.client(), image);
            source.apply(
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: app, namespace: %s}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: app}}
                      template:
                        metadata: {labels: {app: app}}
                        spec:
                          terminationGracePeriodSeconds: 0
                          containers: [{name: app, image: "%s/%s/%s@%s", command: [sleep, "86400"]}]
                    """
                            .formatted(NAME, INTERNAL, NAME, name, image.amd64()));
            Plan plan = Plan.named(NAME)
                    .from(RealClusters.source())
                    .to(RealClusters.target())
                    .namespace(NAME, THERE)
                    .build();

            Migration.of(plan).cutover().await(LIMIT).requireSuccess();

            String from = RealClusters.env("MTC_REGISTRY_A") + "/" + NAME + "/" + name;
            String to = RealClusters.env("MTC_REGISTRY_B") + "/" + THERE + "/" + name;
            assertThat(Skopeo.raw(to + ":v"))
                    .as("the newest image has the tag")
                    .isEqualTo(Skopeo.raw(from + "@" + image.index()));
            assertThat(Skopeo.raw(to + "@" + image.amd64())).isEqualTo(Skopeo.raw(from + "@" + image.amd64()));
            assertRuns(there, to + "@" + image.amd64());
            List.of(source, there).forEach(namespace -> {
                namespace.delete();
                namespace
                        .client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(DEFINITION)
                        .delete();
            });
        }
    }

    private static void define(RealNamespace namespace) {
        namespace.apply(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: imagestreams.image.openshift.io}
                spec:
                  group: image.openshift.io
                  scope: Namespaced
                  names: {kind: ImageStream, listKind: ImageStreamList, plural: imagestreams, singular: imagestream, shortNames: [is]}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    subresources: {status: {}}
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """);
        namespace.awaitEstablished(DEFINITION);
    }

    /** As OpenShift has it: the status is written past the object. */
    private void stream(KubernetesClient client, TwoPlatformImage image) {
        String repository = INTERNAL + "/" + NAME + "/" + name;
        GenericKubernetesResource stream = new GenericKubernetesResource();
        stream.setApiVersion("image.openshift.io/v1");
        stream.setKind("ImageStream");
        stream.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(NAME).build());
        stream.setAdditionalProperty("spec", Map.of());
        var created = client.genericKubernetesResources(STREAMS)
                .inNamespace(NAME)
                .resource(stream)
                .create();
        created.setAdditionalProperty(
                "status",
                Map.of(
                        "dockerImageRepository",
                        repository,
                        "tags",
                        List.of(Map.of(
                                "tag",
                                "v",
                                "items",
                                List.of(
                                        Map.of("dockerImageReference", repository + "@" + image.index()),
                                        Map.of("dockerImageReference", repository + "@" + image.amd64()))))));
        client.genericKubernetesResources(STREAMS)
                .inNamespace(NAME)
                .resource(created)
                .updateStatus();
    }

    private static void assertRuns(RealNamespace there, String image) {
        var app = there.client().apps().deployments().inNamespace(THERE).withName("app");
        assertThat(app.get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo(image);
        app.scale(1);
        there.awaitDeployment("app");
    }
}

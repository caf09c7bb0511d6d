package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.testing.EmbeddedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipIT {

    private static EmbeddedCluster cluster;
    private static Discovery served;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start("ownership");
        try (CountedCluster counted = CountedCluster.at(Side.TARGET, cluster.url())) {
            served = counted.discovery();
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static TransformCase of(String resource, String yaml) {
        Surroundings surroundings = Surroundings.none();
        surroundings.note(new ObjectKey("services", "shop", "web"), Yaml.object("spec:\n  selector: {app: web}"));
        RestoreSettings settings = TransformCase.settings(plan -> plan.excludeResources("cronjobs"));
        return TransformCase.of(new Ownership(served, settings, surroundings), resource, yaml);
    }

    private static String ownedBy(String apiVersion, String kind, String controller) {
        return "metadata: {name: x, ownerReferences: [{apiVersion: %s, kind: %s, name: o, uid: u, controller: %s}]}"
                .formatted(apiVersion, kind, controller);
    }

    @Test
    void apply_replicaSetOfDeployment_isSkipped() {
        of("replicasets.apps", ownedBy("apps/v1", "Deployment", "true")).isSkipped("Deployment o makes it again");
    }

    @Test
    void apply_podOfAnything_isSkipped() {
        of("pods", ownedBy("example.com/v1", "Database", "false"))
                .isSkipped("Database o, whose kind the target does not serve");
    }

    @Test
    void apply_sliceOfService_isSkipped() {
        of("endpointslices.discovery.k8s.io", ownedBy("v1", "Service", "true")).isSkipped("Service o");
    }

    @Test
    void apply_endpointsOfServiceWithSelector_areSkipped() {
        of("endpoints", "metadata: {name: web}").isSkipped("from its service");
    }

    @Test
    void apply_endpointsByHand_areKept() {
        of("endpoints", "metadata: {name: database}").isKept();
    }

    @Test
    void apply_objectOfUnservedCustomResource_isKeptWithWarning() {
        of("deployments.apps", ownedBy("example.com/v1", "Database", "true"))
                .warns("OwnerReferenceDropped")
                .becomes("metadata: {name: x}");
    }

    @Test
    void apply_ownerThatIsNoController_isGivenBackLater() {
        TransformCase map = of("configmaps", ownedBy("apps/v1", "Deployment", "false"));

        map.warnsNothing().becomes("metadata: {name: x}");
        assertThat(map.draft().owners()).singleElement().satisfies(owner -> assertThat(Json.text(owner, "name"))
                .isEqualTo("o"));
    }

    @Test
    void apply_jobOfExcludedCronJob_isSkippedWithIt() {
        of("jobs.batch", ownedBy("batch/v1", "CronJob", "true")).isSkipped("CronJob o, which the plan leaves out");
    }

    @Test
    void apply_jobOfCronJobInOtherVersion_isRecognised() {
        of("jobs.batch", ownedBy("batch/v2alpha1", "CronJob", "true")).isSkipped("which the plan leaves out");
    }

    @Test
    void apply_controllerOfUnservedDeploymentConfig_isSkippedWithIt() {
        of("replicationcontrollers", ownedBy("apps.openshift.io/v1", "DeploymentConfig", "true"))
                .isSkipped("whose kind the target does not serve");
    }

    @ParameterizedTest
    @CsvSource({"secrets, false", "configmaps, false", "services, true"})
    void apply_objectOfServedCustomResource_isSkippedUnlessItHoldsData(String resource, boolean skipped) {
        TransformCase owned = of(resource, ownedBy("networking.k8s.io/v1", "Ingress", "true"));

        assertThat(owned.draft().skipReason().isPresent()).isEqualTo(skipped);
        assertThat(owned.draft().owners()).hasSize(skipped ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"web-new, true, true", "web-old, true, false", "web-new, false, false"})
    void apply_replicaSetOfDeployment_isKeptIfNewestAndPaused(String name, boolean paused, boolean kept) {
        Surroundings surroundings = Surroundings.none();
        surroundings.note(
                new ObjectKey("deployments.apps", "shop", "web"),
                Yaml.object("kind: Deployment\nspec: {paused: " + paused + "}"));
        String sets =
                """
                metadata:
                  name: %s
                  annotations: {deployment.kubernetes.io/revision: "%s"}
                  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]
                spec: {replicas: 0, selector: {matchLabels: {pod-template-hash: x}}}
                """;
        surroundings.note(
                new ObjectKey("replicasets.apps", "shop", "web-old"), Yaml.object(sets.formatted("web-old", 1)));
        surroundings.note(
                new ObjectKey("replicasets.apps", "shop", "web-new"), Yaml.object(sets.formatted("web-new", 2)));

        TransformCase set = TransformCase.of(
                new Ownership(served, TransformCase.settings(), surroundings),
                "replicasets.apps",
                sets.formatted(name, 2));

        assertThat(set.draft().skipReason().isEmpty()).isEqualTo(kept);
        if (kept) {
            set.becomes(
                    """
                    metadata: {name: web-new, annotations: {deployment.kubernetes.io/revision: "2"}}
                    spec: {selector: {matchLabels: {pod-template-hash: x}}}
                    """);
        }
    }
}

package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Deployment with a ConfigMap and 32 MiB of random data on a claim. */
final class SmallApplication {

    private static final String NAME = "small";
    private static final String REPLICAS_BEFORE = "migration.openshift.io/preQuiesceReplicas";

    private final RealNamespace namespace;

    private SmallApplication(RealNamespace namespace) {
        this.namespace = namespace;
    }

    static SmallApplication in(RealNamespace namespace) {
        return new SmallApplication(namespace);
    }

    /** Deploys it afresh and waits until it runs. */
    static SmallApplication open(RealNamespace namespace) {
        namespace.delete();
        namespace.create();
        namespace.apply(SeedText.of("seed-application.yaml", Map.of("NAMESPACE", namespace.name())));
        SmallApplication application = new SmallApplication(namespace);
        application.awaitReady();
        return application;
    }

    void awaitReady() {
        namespace.awaitDeployment(NAME);
    }

    /** Waits until it runs as if nobody had ever stopped it. */
    void awaitAsBefore(Duration limit) {
        namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(NAME)
                .waitUntilCondition(SmallApplication::isAsBefore, limit.toMillis(), TimeUnit.MILLISECONDS);
        // the status of a Deployment may still be that of the pod that was stopped
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app", NAME)
                .informOnCondition(pods -> pods.stream().anyMatch(SmallApplication::isServing))
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean isServing(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod);
    }

    private static boolean isAsBefore(Deployment deployment) {
        return deployment != null
                && deployment
                        .getMetadata()
                        .getGeneration()
                        .equals(deployment.getStatus().getObservedGeneration())
                && Integer.valueOf(1).equals(deployment.getSpec().getReplicas())
                && Integer.valueOf(1).equals(deployment.getStatus().getReadyReplicas())
                && !deployment.getMetadata().getAnnotations().containsKey(REPLICAS_BEFORE);
    }

    /** {@return a checksum of the data and what the ConfigMap says, as the running pod sees them} */
    String content() {
        return run("sha256sum /data/blob && echo $greeting");
    }

    /** {@return what a shell of the running pod prints} */
    String run(String command) {
        return namespace.exec(pod(), "sh", "-c", command);
    }

    private String pod() {
        return namespace.client().pods().inNamespace(namespace.name()).withLabel("app", NAME).list().getItems().stream()
                .filter(SmallApplication::isServing)
                .map((Pod pod) -> pod.getMetadata().getName())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ready pod of " + NAME + " in " + namespace.name()));
    }

    void assertStopped() {
        assertThat(namespace
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace(namespace.name())
                        .withName(NAME)
                        .get()
                        .getSpec()
                        .getReplicas())
                .isZero();
    }
}

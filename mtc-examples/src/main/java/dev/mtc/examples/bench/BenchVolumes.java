package dev.mtc.examples.bench;

import dev.mtc.api.Side;
import dev.mtc.api.spi.ClaimRef;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A namespace on each of two clusters, claims, and pods that run a script on a claim to its end. Closed with all of it. */
final class BenchVolumes implements AutoCloseable {

    private static final int LIMIT_MINUTES = 30;

    private final Map<Side, BenchCluster> clusters = new EnumMap<>(Side.class);
    private final String namespace;
    private final String image;

    BenchVolumes(Path from, Path to, String namespace, String image) {
        this.namespace = namespace;
        this.image = image;
        clusters.put(Side.SOURCE, new BenchCluster(Side.SOURCE, from));
        clusters.put(Side.TARGET, new BenchCluster(Side.TARGET, to));
        clusters.values().forEach(cluster -> cluster.createNamespace(namespace));
    }

    KubernetesClient client(Side side) {
        return Objects.requireNonNull(clusters.get(side)).server().client();
    }

    String image() {
        return image;
    }

    ClaimRef claim(Side side, String name) {
        client(side)
                .persistentVolumeClaims()
                .inNamespace(namespace)
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("4Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        return new ClaimRef(namespace, name);
    }

    void deleteClaim(Side side, ClaimRef claim) {
        client(side)
                .persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(claim.name())
                .delete();
    }

    /** Runs a script in a pod that has a claim at {@code /volume}. */
    void run(Side side, ClaimRef claim, String script, Map<String, String> environment) {
        var pods = client(side).pods().inNamespace(namespace);
        String name = "bench-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        pods.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("shell")
                        .withImage(image)
                        .withCommand("bash", "-ec", script)
                        .withEnv(environment.entrySet().stream()
                                .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                                .toList())
                        .addNewVolumeMount()
                        .withName("volume")
                        .withMountPath("/volume")
                        .endVolumeMount()
                        .endContainer()
                        .addNewVolume()
                        .withName("volume")
                        .withNewPersistentVolumeClaim(claim.name(), false)
                        .endVolume()
                        .endSpec()
                        .build())
                .create();
        Pod ended = pods.withName(name)
                .waitUntilCondition(
                        pod -> pod != null
                                && ("Succeeded".equals(pod.getStatus().getPhase())
                                        || "Failed".equals(pod.getStatus().getPhase())),
                        LIMIT_MINUTES,
                        TimeUnit.MINUTES);
        if ("Failed".equals(ended.getStatus().getPhase())) {
            throw new IllegalStateException(
                    "'" + script + "' failed: " + pods.withName(name).getLog());
        }
        pods.withName(name).withGracePeriod(0).delete();
    }

    @Override
    public void close() {
        clusters.values().forEach(cluster -> cluster.deleteNamespace(namespace));
        clusters.values().forEach(BenchCluster::close);
    }
}

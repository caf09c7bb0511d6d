package dev.mtc.examples.bench;

import dev.mtc.api.Side;
import dev.mtc.api.spi.ClaimRef;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
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

    /** {@return an address of a node} */
    String node(Side side) {
        return client(side).nodes().list().getItems().get(0).getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
    }

    /** Runs a script in a pod that has a claim at {@code /volume}. */
    void run(Side side, ClaimRef claim, String script, Map<String, String> environment) {
        String name = start(side, claim, script, environment);
        Pod ended = pods(side)
                .withName(name)
                .waitUntilCondition(
                        pod -> pod != null
                                && ("Succeeded".equals(pod.getStatus().getPhase())
                                        || "Failed".equals(pod.getStatus().getPhase())),
                        LIMIT_MINUTES,
                        TimeUnit.MINUTES);
        if ("Failed".equals(ended.getStatus().getPhase())) {
            throw new IllegalStateException(
                    "'" + script + "' failed: " + pods(side).withName(name).getLog());
        }
        stop(side, name);
    }

    void stop(Side side, String pod) {
        pods(side).withName(pod).withGracePeriod(0).delete();
    }

    private NonNamespaceOperation<Pod, PodList, PodResource> pods(Side side) {
        return client(side).pods().inNamespace(namespace);
    }

    /** Starts a script in a pod that has a claim at {@code /volume} and the network of its node; {@return the pod's name} */
    String start(Side side, ClaimRef claim, String script, Map<String, String> environment) {
        String name = "bench-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        pods(side)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withHostNetwork(true)
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
        return name;
    }

    @Override
    public void close() {
        clusters.values().forEach(cluster -> cluster.deleteNamespace(namespace));
        clusters.values().forEach(BenchCluster::close);
    }
}

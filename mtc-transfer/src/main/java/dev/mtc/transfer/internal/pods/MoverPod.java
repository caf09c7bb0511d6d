package dev.mtc.transfer.internal.pods;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a pod that moves data.
 *
 * @param role what it does
 * @param name the pod's name
 * @param namespace its namespace, the claim's
 * @param labels its labels
 * @param image the mover image
 * @param claim the only claim that it mounts
 * @param isBlock whether the claim is a device, {@link #DEVICE}, instead of a tree of files
 * @param secret the Secret with what it must know and nobody else
 * @param node the node that it must run on, or null for any
 * @param environment variables for its script
 */
public record MoverPod(
        PodRole role,
        String name,
        String namespace,
        Map<String, String> labels,
        String image,
        String claim,
        boolean isBlock,
        String secret,
        @Nullable String node,
        Map<String, String> environment) {

    public static final String CONTAINER = "mover";

    /** Where a claim is that is a device; scripts know it by the variable of that name. */
    static final String DEVICE = "/dev/mtc-volume";

    public static final long GRACE_SECONDS = 5;

    /** What to do about an image that does not do. */
    public static final String REQUIREMENT =
            "use a mover image with bash, coreutils, findutils, grep, sed, rsync 3.2 and stunnel 5, and"
                    + " with restic 0.14 and util-linux for volumes that go through a repository (Cluster.moverImage);"
                    + " attr lets it compare extended attributes, devices need rsync 3.2.7";

    private static final int PROBE_PATIENCE_SECONDS = 5;
    private static final int MOST_PROBES = 300;

    /** A description of a volume takes some 200 bytes for a file. */
    private static final Quantity SCRATCH = new Quantity("8Gi");

    /**
     * {@return why an image does not do, for people}
     *
     * @param pod a pod that ended because of it
     * @param report its termination message
     */
    public static String unfit(Pod pod, PodReport report) {
        List<String> missing = report.lines("missing");
        return "the mover image " + pod.getSpec().getContainers().get(0).getImage() + " lacks "
                + (missing.isEmpty() ? "bash or a program, or cannot be started" : String.join(", ", missing));
    }

    public Pod manifest() {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .endMetadata()
                .withSpec(spec())
                .build();
    }

    private PodSpec spec() {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .withAffinity(node == null ? null : onNode(node))
                .withContainers(container())
                .addNewVolume()
                .withName("volume")
                .withNewPersistentVolumeClaim(claim, false)
                .endVolume()
                .addNewVolume()
                .withName("secret")
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(0400)
                .endSecret()
                .endVolume()
                .addToVolumes(new VolumeBuilder()
                        .withName("run")
                        .withNewEmptyDir()
                        .withSizeLimit(SCRATCH)
                        .endEmptyDir()
                        .build())
                .build();
    }

    /** By affinity rather than {@code nodeName}, so that the scheduler says why when the node has no room. */
    private static Affinity onNode(String node) {
        return new AffinityBuilder()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(node)
                .endMatchField()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }

    private Container container() {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withCommand("bash", "-c", role.script())
                .withEnv(variables())
                .withStartupProbe(role.tellsReadiness() ? listens() : null)
                .withNewResources()
                .addToRequests(Map.of("cpu", new Quantity("50m"), "memory", new Quantity("64Mi")))
                .endResources()
                .withSecurityContext(securityContext(role))
                .withVolumeDevices(isBlock ? List.of(new VolumeDevice(DEVICE, "volume")) : List.of())
                .withVolumeMounts(isBlock ? List.of() : List.of(tree()))
                .addNewVolumeMount()
                .withName("secret")
                .withMountPath("/mtc/secret")
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("run")
                .withMountPath("/mtc/run")
                .endVolumeMount()
                .build();
    }

    private List<EnvVar> variables() {
        Map<String, String> variables = new TreeMap<>(environment);
        if (isBlock) {
            variables.put("DEVICE", DEVICE);
        }
        return variables.entrySet().stream()
                .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                .toList();
    }

    private VolumeMount tree() {
        return new VolumeMountBuilder()
                .withName("volume")
                .withMountPath("/volume")
                .withReadOnly(role.isReader())
                .build();
    }

    /** A probe that runs programs in the container costs the node much. It is not asked again once it was answered. */
    private static Probe listens() {
        return new ProbeBuilder()
                .withNewExec()
                .withCommand("test", "-e", "/mtc/run/ready")
                .endExec()
                .withPeriodSeconds(1)
                .withTimeoutSeconds(PROBE_PATIENCE_SECONDS)
                .withFailureThreshold(MOST_PROBES)
                .build();
    }

    /** {@return what the container of a role's pods asks for} */
    public static SecurityContext securityContext(PodRole role) {
        return new SecurityContextBuilder()
                .withRunAsUser(0L)
                .withRunAsGroup(0L)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .withAdd(role.capabilities())
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }
}

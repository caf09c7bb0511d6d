package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A namespace of a real cluster as a test sees it, past everything that takes part in a migration. */
final class RealNamespace implements AutoCloseable {

    private static final int LIMIT_SECONDS = 180;

    private final ApiServer server;
    private final KubernetesClient client;
    private final String name;

    private RealNamespace(ApiServer server, String name) {
        this.server = server;
        this.client = server.client();
        this.name = name;
    }

    static RealNamespace of(String kubeconfigVariable, String name) {
        Path kubeconfig = Path.of(RealClusters.env(kubeconfigVariable));
        return new RealNamespace(Connections.open(Side.SOURCE, Clusters.fromKubeconfig(kubeconfig)), name);
    }

    static RealNamespace onSource(String name) {
        return of("MTC_SOURCE_KUBECONFIG", name);
    }

    static RealNamespace onTarget(String name) {
        return of("MTC_TARGET_KUBECONFIG", name);
    }

    KubernetesClient client() {
        return client;
    }

    String name() {
        return name;
    }

    boolean exists() {
        return client.namespaces().withName(name).get() != null;
    }

    RealNamespace create() {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        client.serviceAccounts()
                .inNamespace(name)
                .withName("default")
                .waitUntilCondition(sa -> sa != null, 30, TimeUnit.SECONDS);
        return this;
    }

    RealNamespace delete() {
        client.namespaces().withName(name).withGracePeriod(0).delete();
        client.pods().inNamespace(name).withGracePeriod(0).delete();
        awaitGone();
        return this;
    }

    void awaitGone() {
        client.namespaces()
                .withName(name)
                .waitUntilCondition(namespace -> namespace == null, LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Applies YAML documents, each into the namespace that it names. */
    void apply(String yaml) {
        for (HasMetadata object : client.load(new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            client.resource(object).forceConflicts().fieldManager("test").serverSideApply();
        }
    }

    /** Waits until the cluster serves a kind. */
    void awaitEstablished(String definition) {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition)
                .waitUntilCondition(RealNamespace::isEstablished, LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    void awaitDeployment(String deployment) {
        client.apps()
                .deployments()
                .inNamespace(name)
                .withName(deployment)
                .waitUntilCondition(
                        d -> d != null
                                && d.getStatus() != null
                                && d.getSpec()
                                        .getReplicas()
                                        .equals(d.getStatus().getReadyReplicas()),
                        LIMIT_SECONDS,
                        TimeUnit.SECONDS);
    }

    void awaitStatefulSet(String set) {
        client.apps()
                .statefulSets()
                .inNamespace(name)
                .withName(set)
                .waitUntilCondition(
                        s -> s != null
                                && s.getStatus() != null
                                && s.getSpec()
                                        .getReplicas()
                                        .equals(s.getStatus().getReadyReplicas()),
                        LIMIT_SECONDS,
                        TimeUnit.SECONDS);
    }

    void awaitJob(String job) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(name)
                .withName(job)
                .waitUntilCondition(
                        j -> j != null
                                && j.getStatus() != null
                                && Integer.valueOf(1).equals(j.getStatus().getSucceeded()),
                        LIMIT_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** Runs a command in a pod and returns what it prints; fails if the command does. */
    String exec(String pod, String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch watch = client.pods()
                .inNamespace(name)
                .withName(pod)
                .writingOutput(out)
                .writingError(err)
                .exec(command)) {
            Integer code = watch.exitCode().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(code)
                    .as("%s in %s/%s: %s", String.join(" ", command), name, pod, err)
                    .isZero();
        } catch (Exception e) {
            throw new AssertionError("exec in " + name + "/" + pod + " failed: " + e, e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Everything that a faithful copy of a claim must keep, a line for each entry. */
    List<String> tree(String claim) {
        String pod = "tree-" + claim;
        Pod inspector = new PodBuilder()
                .withNewMetadata()
                .withName(pod)
                .withNamespace(name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("tree")
                .withImage(RealClusters.env("MTC_MOVER_IMAGE"))
                .withCommand("sleep", "600")
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim(claim, false)
                .endVolume()
                .endSpec()
                .build();
        client.resource(inspector).create();
        try {
            client.pods().inNamespace(name).withName(pod).waitUntilReady(LIMIT_SECONDS, TimeUnit.SECONDS);
            String script =
                    """
                    cd /data
                    find . ! -type d -printf '%y %#m %U:%G %T@ %s %n %l %p\\0' | sort -z | tr '\\n\\0' '~\\n'
                    find . -type d -printf '%y %#m %U:%G %T@ %p\\0' | sort -z | tr '\\n\\0' '~\\n'
                    find . -type f -print0 | sort -z | xargs -0 sha256sum -z | tr '\\n\\0' '~\\n'
                    getfattr -Rhd -m - . 2>/dev/null | grep -v '^$' | sort
                    """;
            return exec(pod, "bash", "-c", script).lines().toList();
        } finally {
            client.pods().inNamespace(name).withName(pod).withGracePeriod(0).delete();
            client.pods().inNamespace(name).withName(pod).waitUntilCondition(p -> p == null, 60, TimeUnit.SECONDS);
        }
    }

    /** What mtc makes to move data and to run hooks, and what it may make for them, as far as the cluster serves it. */
    private static final List<ResourceDefinitionContext> HELPERS = List.of(
            kind("", "v1", "Pod", "pods"),
            kind("", "v1", "Service", "services"),
            kind("", "v1", "Secret", "secrets"),
            kind("", "v1", "ConfigMap", "configmaps"),
            kind("", "v1", "ServiceAccount", "serviceaccounts"),
            kind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
            kind("batch", "v1", "Job", "jobs"),
            kind("rbac.authorization.k8s.io", "v1", "Role", "roles"),
            kind("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
            kind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
            kind("route.openshift.io", "v1", "Route", "routes"));

    private static ResourceDefinitionContext kind(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** Names of everything with a label, in kinds that mtc makes helpers of. */
    List<String> labelled(String key, String value) {
        return HELPERS.stream()
                .flatMap(kind -> labelled(kind, key, value).stream()
                        .map(object ->
                                kind.getKind() + " " + object.getMetadata().getName()))
                .toList();
    }

    private List<GenericKubernetesResource> labelled(ResourceDefinitionContext kind, String key, String value) {
        try {
            return client.genericKubernetesResources(kind)
                    .inNamespace(name)
                    .withLabel(key, value)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return List.of(); // a kind of OpenShift
            }
            throw e;
        }
    }

    /** What the source looks like, to be compared before and after: everything but what changes by itself. */
    Map<String, String> objects(String... resources) {
        Map<String, String> found = new TreeMap<>();
        for (String resource : resources) {
            String[] parts = resource.split("/");
            var context = new ResourceDefinitionContext.Builder()
                    .withGroup(parts[0])
                    .withVersion(parts[1])
                    .withPlural(parts[2])
                    .withKind(parts[3])
                    .withNamespaced(true)
                    .build();
            client.genericKubernetesResources(context)
                    .inNamespace(name)
                    .list()
                    .getItems()
                    .forEach(object -> found.put(
                            parts[2] + " " + object.getMetadata().getName(),
                            io.fabric8.kubernetes.client.utils.Serialization.asJson(
                                    object.getAdditionalProperties().get("spec"))));
        }
        return found;
    }

    @Override
    public void close() {
        server.close();
    }
}

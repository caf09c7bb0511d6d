package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The values that a server fills in where a client gave none. */
final class Defaults {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

    private final Store store;
    private final Catalog catalog;

    Defaults(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /** Fills in what every write of the object would. */
    void fill(ResourceType type, ObjectNode tree) {
        switch (type.storage()) {
            case "/services" -> fillService(Trees.in(tree, "spec"));
            case "/secrets" -> fillSecret(tree);
            case "/persistentvolumes" -> {
                Trees.preset(Trees.in(tree, "spec"), "persistentVolumeReclaimPolicy", "Retain");
                Trees.preset(Trees.in(tree, "spec"), "volumeMode", "Filesystem");
            }
            case "/persistentvolumeclaims" -> Trees.preset(Trees.in(tree, "spec"), "volumeMode", "Filesystem");
            case "storage.k8s.io/storageclasses" -> {
                Trees.preset(tree, "reclaimPolicy", "Delete");
                Trees.preset(tree, "volumeBindingMode", "Immediate");
            }
            default -> fillWorkload(type, tree);
        }
    }

    private static void fillWorkload(ResourceType type, ObjectNode tree) {
        switch (type.storage()) {
            case "/pods" -> PodDefaults.fill(Trees.in(tree, "spec"));
            case "/replicationcontrollers", "apps/replicasets" -> fillController(tree, true);
            case "apps/deployments" -> fillDeployment(tree);
            case "apps/statefulsets" -> fillStatefulSet(tree);
            case "apps/daemonsets" -> fillDaemonSet(tree);
            case "batch/jobs" -> fillJob(tree);
            case "batch/cronjobs" -> fillCronJob(Trees.in(tree, "spec"));
            default -> {}
        }
    }

    /** Gives a new object what only its creation does. */
    void start(ResourceType type, ObjectNode tree) {
        switch (type.storage()) {
            case "/namespaces" -> {
                Trees.in(tree, "spec").putArray("finalizers").add("kubernetes");
                Trees.in(tree, "status").put("phase", "Active");
                if (catalog.minor() >= 21) {
                    Trees.in(tree, "metadata", "labels").put("kubernetes.io/metadata.name", Trees.name(tree));
                }
            }
            case "/pods" -> startPod(tree);
            case "/services" -> Trees.in(tree, "status", "loadBalancer");
            case "/persistentvolumeclaims" -> startClaim(tree);
            case "/persistentvolumes" -> {
                Trees.addText(Trees.meta(tree), "finalizers", "kubernetes.io/pv-protection");
                Trees.in(tree, "status").put("phase", "Pending");
            }
            case "batch/jobs" -> startJob(tree);
            case "apiextensions.k8s.io/customresourcedefinitions" -> CustomKinds.accept(tree);
            default -> {
                if (type.group().equals("apps") && type.has("status")) {
                    Trees.in(tree, "status");
                }
            }
        }
    }

    private static void fillService(ObjectNode spec) {
        Trees.preset(spec, "type", "ClusterIP");
        Trees.preset(spec, "sessionAffinity", "None");
        String type = Trees.text(spec, "type");
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            Trees.preset(spec, "externalTrafficPolicy", "Cluster");
        }
        for (ObjectNode port : Trees.objects(spec.path("ports"))) {
            Trees.preset(port, "protocol", "TCP");
            Trees.preset(port, "targetPort", port.path("port"));
        }
    }

    private static void fillSecret(ObjectNode tree) {
        Trees.preset(tree, "type", "Opaque");
        if (tree.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Trees.in(tree, "data");
            plain.properties()
                    .forEach(e -> data.put(e.getKey(), encode(e.getValue().asText())));
        }
    }

    static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode fillController(ObjectNode tree, boolean replicas) {
        ObjectNode spec = Trees.in(tree, "spec");
        if (replicas) {
            Trees.preset(spec, "replicas", 1);
        }
        ObjectNode template = Trees.in(spec, "template");
        Trees.meta(template).putNull("creationTimestamp");
        PodDefaults.fill(Trees.in(template, "spec"));
        return spec;
    }

    private static void fillDeployment(ObjectNode tree) {
        ObjectNode spec = fillController(tree, true);
        Trees.preset(spec, "revisionHistoryLimit", 10);
        Trees.preset(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = Trees.in(spec, "strategy");
        Trees.preset(strategy, "type", "RollingUpdate");
        if (Trees.text(strategy, "type").equals("RollingUpdate")) {
            Trees.preset(Trees.in(strategy, "rollingUpdate"), "maxUnavailable", "25%");
            Trees.preset(Trees.in(strategy, "rollingUpdate"), "maxSurge", "25%");
        }
    }

    private static void fillStatefulSet(ObjectNode tree) {
        ObjectNode spec = fillController(tree, true);
        Trees.preset(spec, "podManagementPolicy", "OrderedReady");
        Trees.preset(spec, "revisionHistoryLimit", 10);
        Trees.preset(Trees.in(spec, "updateStrategy"), "type", "RollingUpdate");
        for (ObjectNode claim : Trees.objects(spec.path("volumeClaimTemplates"))) {
            Trees.preset(claim, "apiVersion", "v1");
            Trees.preset(claim, "kind", "PersistentVolumeClaim");
            Trees.meta(claim).putNull("creationTimestamp");
            Trees.preset(Trees.in(claim, "spec"), "volumeMode", "Filesystem");
            Trees.preset(Trees.in(claim, "status"), "phase", "Pending");
        }
    }

    private static void fillDaemonSet(ObjectNode tree) {
        ObjectNode spec = fillController(tree, false);
        Trees.preset(spec, "revisionHistoryLimit", 10);
        Trees.preset(Trees.in(spec, "updateStrategy"), "type", "RollingUpdate");
    }

    private static void fillJob(ObjectNode tree) {
        ObjectNode spec = fillController(tree, false);
        Trees.preset(spec, "parallelism", 1);
        Trees.preset(spec, "completions", 1);
        Trees.preset(spec, "backoffLimit", 6);
    }

    private static void fillCronJob(ObjectNode spec) {
        Trees.preset(spec, "concurrencyPolicy", "Allow");
        Trees.preset(spec, "suspend", BooleanNode.FALSE);
        Trees.preset(spec, "successfulJobsHistoryLimit", 3);
        Trees.preset(spec, "failedJobsHistoryLimit", 1);
        PodDefaults.fill(Trees.in(spec, "jobTemplate", "spec", "template", "spec"));
    }

    private void startJob(ObjectNode tree) {
        String uid = Trees.uid(tree);
        ObjectNode spec = Trees.in(tree, "spec");
        if (spec.path("manualSelector").asBoolean()) {
            return;
        }
        ObjectNode labels = Trees.in(spec, "template", "metadata", "labels");
        String given = Trees.text(labels, "controller-uid");
        if (spec.has("selector") || (!given.isEmpty() && !given.equals(uid))) {
            throw ApiError.invalid(
                    catalog.builtIn("batch", "jobs"),
                    Trees.name(tree),
                    "spec.selector",
                    "Invalid value: " + spec.path("selector") + ": `selector` not auto-generated");
        }
        labels.put("controller-uid", uid).put("job-name", Trees.name(tree));
        Trees.in(spec, "selector", "matchLabels").put("controller-uid", uid);
        Trees.in(tree, "metadata", "labels").put("controller-uid", uid).put("job-name", Trees.name(tree));
    }

    private void startPod(ObjectNode tree) {
        ObjectNode spec = Trees.in(tree, "spec");
        Trees.preset(spec, "serviceAccountName", "default");
        spec.put("serviceAccount", Trees.text(spec, "serviceAccountName"));
        String account = Trees.text(spec, "serviceAccountName");
        ObjectNode found = store.find("/serviceaccounts", new ObjectKey(Trees.namespace(tree), account));
        if (found == null) {
            throw ApiError.forbidden(
                    catalog.builtIn("", "pods"),
                    Trees.name(tree),
                    "error looking up service account " + Trees.namespace(tree) + "/" + account + ": serviceaccount \""
                            + account + "\" not found");
        }
        Trees.preset(spec, "enableServiceLinks", BooleanNode.TRUE);
        Trees.preset(spec, "priority", IntNode.valueOf(0));
        mountToken(spec, found);
        Trees.in(tree, "status").put("phase", "Pending").put("qosClass", "BestEffort");
    }

    private void mountToken(ObjectNode spec, JsonNode account) {
        String path = "/var/run/secrets/kubernetes.io/serviceaccount";
        boolean wanted = spec.path("automountServiceAccountToken")
                .asBoolean(account.path("automountServiceAccountToken").asBoolean(true));
        String secret = Trees.text(account.path("secrets").path(0), "name");
        boolean old = catalog.minor() < 24;
        if (!wanted || (old && secret.isEmpty())) {
            return;
        }
        String volume = old ? secret : "kube-api-access-" + Writes.suffix(5);
        ObjectNode added = Trees.listIn(spec, "volumes").addObject().put("name", volume);
        if (old) {
            added.putObject("secret").put("secretName", secret).put("defaultMode", 420);
        } else {
            added.putObject("projected")
                    .put("defaultMode", 420)
                    .putArray("sources")
                    .addObject()
                    .putObject("serviceAccountToken")
                    .put("expirationSeconds", 3607)
                    .put("path", "token");
        }
        for (String field : List.of("initContainers", "containers")) {
            Trees.objects(spec.path(field)).stream()
                    .filter(c -> Trees.items(c.path("volumeMounts")).stream()
                            .noneMatch(mount -> Trees.text(mount, "mountPath").equals(path)))
                    .forEach(c -> Trees.listIn(c, "volumeMounts")
                            .addObject()
                            .put("name", volume)
                            .put("readOnly", true)
                            .put("mountPath", path));
        }
    }

    private void startClaim(ObjectNode tree) {
        Trees.addText(Trees.meta(tree), "finalizers", "kubernetes.io/pvc-protection");
        Trees.in(tree, "status").put("phase", "Pending");
        ObjectNode spec = Trees.in(tree, "spec");
        if (!spec.has("storageClassName")) {
            store.view("storage.k8s.io/storageclasses", "").stream()
                    .filter(c -> Trees.at(c, "metadata", "annotations")
                            .path(DEFAULT_CLASS)
                            .asText()
                            .equals("true"))
                    .findFirst()
                    .ifPresent(c -> spec.put("storageClassName", Trees.name(c)));
        }
    }
}

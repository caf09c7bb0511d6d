package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes from bare Pods what scheduler and admission added on the source, and generated registry credentials from every pod template. */
final class Pods implements BuiltInTransform {

    private static final String TOKEN_DIRECTORY = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final Set<String> ADMISSION_TAINTS =
            Set.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    private static final List<String> ASSIGNED =
            List.of("nodeName", "priority", "preemptionPolicy", "ephemeralContainers");

    @Override
    public String name() {
        return "pods";
    }

    @Override
    public void apply(Draft draft) {
        PodSpecs.in(draft.object()).forEach(Pods::dropGeneratedCredentials);
        if (draft.is("pods")) {
            draft.spec().remove(ASSIGNED);
            dropAdmitted(draft.object());
            draft.removeAnnotation("openshift.io/scc");
            draft.removeAnnotation("k8s.v1.cni.cncf.io/network-status");
        }
    }

    /** Takes from a Pod what admission adds to lists, where it would be taken for a difference. */
    static void dropAdmitted(ObjectNode pod) {
        ObjectNode spec = pod.withObjectProperty("spec");
        Json.removeFrom(spec, "tolerations", Pods::isFromAdmission);
        dropTokenVolume(spec);
    }

    private static void dropGeneratedCredentials(ObjectNode pod) {
        String account = Json.text(pod, "serviceAccountName");
        String user = account.isEmpty() ? "default" : account;
        Json.removeFrom(
                pod, "imagePullSecrets", secret -> Json.text(secret, "name").startsWith(user + "-dockercfg-"));
    }

    private static boolean isFromAdmission(JsonNode toleration) {
        return ADMISSION_TAINTS.contains(Json.text(toleration, "key"))
                && Json.text(toleration, "operator").equals("Exists")
                && toleration.path("tolerationSeconds").asInt() == 300;
    }

    private static void dropTokenVolume(ObjectNode spec) {
        Set<String> dropped = new HashSet<>();
        for (String list : List.of("containers", "initContainers")) {
            for (ObjectNode container : Json.objects(spec.path(list))) {
                Json.removeFrom(container, "volumeMounts", mount -> {
                    boolean token = Json.text(mount, "mountPath").equals(TOKEN_DIRECTORY);
                    if (token) {
                        dropped.add(Json.text(mount, "name"));
                    }
                    return token;
                });
            }
        }
        Json.removeFrom(
                spec, "volumes", volume -> dropped.contains(Json.text(volume, "name")) && isToken(spec, volume));
    }

    private static boolean isToken(ObjectNode spec, JsonNode volume) {
        String account = Json.text(spec, "serviceAccountName");
        return Json.text(volume, "name").startsWith("kube-api-access-")
                || ServiceAccounts.isGenerated(
                        account.isEmpty() ? "default" : account, Json.text(volume, "secret", "secretName"));
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Takes the certificates of the source's authorities from what asks for them by annotation or label: the target's service CA or
 * certificate controller writes its own.
 */
final class InjectedBundles implements BuiltInTransform {

    private static final String SERVICE_CA = "service.beta.openshift.io/inject-cabundle";
    private static final String SERVICE_CA_ALPHA = "service.alpha.openshift.io/inject-cabundle";
    private static final String TRUSTED = "config.openshift.io/inject-trusted-cabundle";

    private static final List<String> INJECTING = List.of(
            SERVICE_CA,
            SERVICE_CA_ALPHA,
            "cert-manager.io/inject-ca-from",
            "cert-manager.io/inject-ca-from-secret",
            "cert-manager.io/inject-apiserver-ca");

    /** What the service CA notes about its work; a noted failure keeps it from trying again. */
    private static final List<String> NOTES = List.of(
            "service.beta.openshift.io/serving-cert-signed-by",
            "service.alpha.openshift.io/serving-cert-signed-by",
            "service.beta.openshift.io/serving-cert-generation-error",
            "service.alpha.openshift.io/serving-cert-generation-error",
            "service.beta.openshift.io/serving-cert-generation-error-num",
            "service.alpha.openshift.io/serving-cert-generation-error-num");

    /** What is written into a ConfigMap, by the annotation or label that asks for it. */
    private static final Map<String, String> WRITTEN =
            Map.of(SERVICE_CA, "service-ca.crt", SERVICE_CA_ALPHA, "service-ca.crt", TRUSTED, "ca-bundle.crt");

    @Override
    public String name() {
        return "injected certificates";
    }

    @Override
    public void apply(Draft draft) {
        if (draft.is("services")) {
            NOTES.forEach(draft::removeAnnotation);
        } else if (draft.is("configmaps")) {
            configMap(draft);
        } else if (INJECTING.stream().anyMatch(key -> !draft.annotation(key).isEmpty())) {
            Json.walk(draft.object(), "", (path, node) -> {
                if (!path.startsWith("metadata")) {
                    node.remove("caBundle");
                }
            });
        }
    }

    private static void configMap(Draft draft) {
        ObjectNode map = draft.object();
        WRITTEN.forEach((key, file) -> {
            boolean asks =
                    draft.annotation(key).equals("true") || draft.label(key).equals("true");
            if (asks) {
                Json.object(map, "data").ifPresent(data -> data.remove(file));
                Json.removeIfEmpty(map, "data");
            }
        });
    }
}

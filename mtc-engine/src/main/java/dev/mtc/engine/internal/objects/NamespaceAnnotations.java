package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Follows renamed namespaces in annotations that are known to name objects. Immutable. */
final class NamespaceAnnotations {

    /** Lists of image streams to follow, in JSON. */
    private static final String TRIGGERS = "image.openshift.io/triggers";

    /** Values like {@code namespace/name}, some of them lists with commas. */
    private static final List<String> REFERENCES = List.of(
            "cert-manager.io/inject-ca-from",
            "cert-manager.io/inject-ca-from-secret",
            "nginx.ingress.kubernetes.io/auth-secret",
            "nginx.ingress.kubernetes.io/auth-tls-secret",
            "nginx.ingress.kubernetes.io/proxy-ssl-secret",
            "k8s.v1.cni.cncf.io/networks");

    private final RestoreSettings settings;

    NamespaceAnnotations(RestoreSettings settings) {
        this.settings = settings;
    }

    /** Changes the annotations of an object and of the pod templates in it. */
    void follow(Draft draft) {
        Json.walk(draft.object(), "", (path, node) -> {
            if (path.endsWith("metadata.annotations") || path.equals("metadata.annotations")) {
                follow(node);
            }
        });
    }

    private void follow(ObjectNode annotations) {
        for (String key : REFERENCES) {
            String value = Json.text(annotations, key);
            if (value.contains("/")) {
                annotations.put(key, references(value));
            }
        }
        String triggers = Json.text(annotations, TRIGGERS);
        if (!triggers.isEmpty()) {
            annotations.put(TRIGGERS, triggers(triggers));
        }
    }

    private String references(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(reference -> {
                    int slash = reference.indexOf('/');
                    String namespace = slash < 0 ? "" : reference.substring(0, slash);
                    String blanks = namespace.substring(
                            0, namespace.length() - namespace.stripLeading().length());
                    return slash < 0
                            ? reference
                            : blanks + settings.target(namespace.strip()) + reference.substring(slash);
                })
                .collect(Collectors.joining(","));
    }

    /** What cannot be read stays as it is, since nobody else can read it either. */
    private String triggers(String json) {
        try {
            JsonNode triggers = Json.readAny(json);
            boolean changed = false;
            for (ObjectNode trigger : Json.objects(triggers)) {
                String namespace = Json.text(trigger, "from", "namespace");
                if (settings.isRenamed(namespace)) {
                    trigger.withObjectProperty("from").put("namespace", settings.target(namespace));
                    changed = true;
                }
            }
            return changed ? triggers.toString() : json;
        } catch (IOException e) {
            return json;
        }
    }
}

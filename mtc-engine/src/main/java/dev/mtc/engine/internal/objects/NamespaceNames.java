package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mtc.api.NamespaceMapping;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Gives objects their namespace on the target and follows renamed namespaces in what refers to them: object references, RBAC
 * subjects and rules, users and groups of service accounts, namespace selectors, affinity terms. A field that is called namespace but
 * stands alone may mean anything; it is noted as a suspect.
 */
final class NamespaceNames implements BuiltInTransform {

    private static final Set<String> NAMESPACE_LABELS = Set.of("kubernetes.io/metadata.name", "name");

    /** Labels by which Cilium's policies know a pod's namespace. */
    private static final Set<String> NAMESPACE_LABELS_OF_PODS =
            Set.of("io.kubernetes.pod.namespace", "k8s:io.kubernetes.pod.namespace");

    private static final Set<String> NAMESPACE_KINDS = Set.of("namespaces", "projects", "projectrequests");

    private final RestoreSettings settings;
    private final AccountNames accounts;
    private final NamespaceAnnotations annotations;

    NamespaceNames(RestoreSettings settings) {
        this.settings = settings;
        this.accounts = new AccountNames(settings);
        this.annotations = new NamespaceAnnotations(settings);
    }

    @Override
    public String name() {
        return "namespace names";
    }

    @Override
    public void apply(Draft draft) {
        if (draft.type().namespaced()) {
            draft.metadata().put("namespace", settings.target(draft.source().namespace()));
        }
        if (settings.namespaces().stream().anyMatch(NamespaceMapping::isRename)) {
            annotations.follow(draft);
            boolean onlyData = draft.is("configmaps") || draft.is("secrets");
            if (!onlyData) {
                follow(draft);
            }
        }
    }

    private void follow(Draft draft) {
        accounts.followLists(draft.object());
        draft.object().properties().forEach(field -> {
            if (!field.getKey().equals("metadata")) {
                rewrite(draft, field.getKey(), field.getKey(), field.getValue());
            }
        });
    }

    private void rewrite(Draft draft, String path, String field, JsonNode node) {
        if (field.equals("matchLabels") && node instanceof ObjectNode labels) {
            rewriteLabels(labels, NAMESPACE_LABELS_OF_PODS);
        }
        if (isFreeText(field)) {
            return;
        }
        if (node instanceof ObjectNode object) {
            rewriteObject(draft, path, field, object);
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                rewrite(draft, path + "[" + i + "]", "", array.get(i));
            }
        }
    }

    /** Maps of labels and data, where a key named namespace is the user's own word. */
    private static boolean isFreeText(String field) {
        return switch (field) {
            case "labels", "annotations", "matchLabels", "selector", "nodeSelector", "data", "binaryData" -> true;
            default -> false;
        };
    }

    private void rewriteObject(Draft draft, String path, String field, ObjectNode object) {
        if (field.equals("namespaceSelector") || field.endsWith("NamespaceSelector")) {
            rewriteSelector(object);
        }
        if (field.equals("namespaces")) {
            Json.object(object, "selector").ifPresent(this::rewriteSelector);
        }
        boolean reference = object.path("namespace").isTextual() && object.has("name");
        if (reference) {
            object.put("namespace", settings.target(Json.text(object, "namespace")));
        } else {
            suspect(draft, path, object);
        }
        accounts.follow(object);
        boolean affinityTerm = object.has("topologyKey");
        if (affinityTerm) {
            rewriteTexts(object.path("namespaces"), settings::target);
        }
        if (namesNamespaces(object)) {
            rewriteTexts(object.path("resourceNames"), settings::target);
        }
        object.properties()
                .forEach(child -> rewrite(draft, Json.child(path, child.getKey()), child.getKey(), child.getValue()));
    }

    private static boolean namesNamespaces(ObjectNode rule) {
        return rule.path("resources").valueStream().anyMatch(kind -> NAMESPACE_KINDS.contains(kind.asText()));
    }

    private void suspect(Draft draft, String path, ObjectNode object) {
        object.properties().forEach(field -> {
            String key = field.getKey().toLowerCase(Locale.ROOT);
            String text = field.getValue().asText();
            if (key.endsWith("namespace") && settings.isRenamed(text)) {
                draft.suspect(Json.child(path, field.getKey()), text);
            }
        });
    }

    private void rewriteSelector(ObjectNode selector) {
        Json.object(selector, "matchLabels").ifPresent(labels -> rewriteLabels(labels, NAMESPACE_LABELS));
        for (ObjectNode expression : Json.objects(selector.path("matchExpressions"))) {
            if (NAMESPACE_LABELS.contains(Json.text(expression, "key"))) {
                rewriteTexts(expression.path("values"), settings::target);
            }
        }
        rewriteTexts(selector.path("matchNames"), settings::target);
    }

    private void rewriteLabels(ObjectNode labels, Set<String> keys) {
        for (String key : List.copyOf(keys)) {
            if (labels.has(key)) {
                labels.put(key, settings.target(Json.text(labels, key)));
            }
        }
    }

    /** Changes the texts in a list, which may be missing. */
    static void rewriteTexts(JsonNode texts, UnaryOperator<String> change) {
        if (texts instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, TextNode.valueOf(change.apply(array.get(i).asText())));
                }
            }
        }
    }
}

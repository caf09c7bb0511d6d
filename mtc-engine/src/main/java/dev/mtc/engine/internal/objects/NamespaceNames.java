package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;

/**
 * Gives objects their namespace on the target and follows renamed namespaces in what refers to them: object references, RBAC
 * subjects, users and groups of service accounts, namespace selectors, affinity terms.
 */
final class NamespaceNames implements BuiltInTransform {

    private static final String USER = "system:serviceaccount:";
    private static final String GROUP = "system:serviceaccounts:";
    private static final Set<String> NAMESPACE_LABELS = Set.of("kubernetes.io/metadata.name", "name");

    private final RestoreSettings settings;

    NamespaceNames(RestoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public void apply(Draft draft) {
        if (draft.type().namespaced()) {
            draft.metadata().put("namespace", settings.target(draft.source().namespace()));
        }
        boolean anyRenamed = settings.namespaces().stream().anyMatch(mapping -> mapping.isRename());
        boolean onlyData = draft.is("configmaps") || draft.is("secrets");
        if (anyRenamed && !onlyData) {
            follow(draft.object());
        }
    }

    private void follow(ObjectNode root) {
        rewriteAccountLists(root);
        root.properties().forEach(field -> {
            if (!field.getKey().equals("metadata")) {
                rewrite(field.getKey(), field.getValue());
            }
        });
    }

    private void rewrite(String field, JsonNode node) {
        if (isFreeText(field)) {
            return;
        }
        if (node instanceof ObjectNode object) {
            rewriteObject(field, object);
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> rewrite("", element));
        }
    }

    /** Maps of labels and data, where a key named namespace is the user's own word. */
    private static boolean isFreeText(String field) {
        return switch (field) {
            case "labels", "annotations", "matchLabels", "selector", "nodeSelector", "data", "binaryData" -> true;
            default -> false;
        };
    }

    private void rewriteObject(String field, ObjectNode object) {
        if (field.equals("namespaceSelector")) {
            rewriteSelector(object);
        }
        boolean reference = object.path("namespace").isTextual() && object.has("name");
        if (reference) {
            object.put("namespace", settings.target(Json.text(object, "namespace")));
        }
        boolean account = Json.text(object, "kind").equals("User")
                || Json.text(object, "kind").equals("Group");
        if (account && object.has("name")) {
            object.put("name", accountName(Json.text(object, "name")));
        }
        boolean affinityTerm = object.has("topologyKey");
        if (affinityTerm) {
            rewriteTexts(object.path("namespaces"));
        }
        rewriteAccountLists(object);
        object.properties().forEach(child -> rewrite(child.getKey(), child.getValue()));
    }

    private void rewriteSelector(ObjectNode selector) {
        Json.object(selector, "matchLabels")
                .ifPresent(labels -> NAMESPACE_LABELS.forEach(label -> {
                    if (labels.has(label)) {
                        labels.put(label, settings.target(Json.text(labels, label)));
                    }
                }));
        for (ObjectNode expression : Json.objects(selector.path("matchExpressions"))) {
            if (NAMESPACE_LABELS.contains(Json.text(expression, "key"))) {
                rewriteTexts(expression.path("values"));
            }
        }
        rewriteTexts(selector.path("matchNames"));
    }

    private void rewriteTexts(JsonNode texts) {
        if (texts instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, TextNode.valueOf(settings.target(array.get(i).asText())));
            }
        }
    }

    private void rewriteAccountLists(ObjectNode object) {
        for (String names : List.of("userNames", "groupNames", "users", "groups")) {
            rewriteAccounts(object.path(names));
        }
    }

    private void rewriteAccounts(JsonNode names) {
        if (names instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, TextNode.valueOf(accountName(array.get(i).asText())));
                }
            }
        }
    }

    private String accountName(String name) {
        if (name.startsWith(GROUP)) {
            return GROUP + settings.target(name.substring(GROUP.length()));
        }
        int colon = name.indexOf(':', USER.length());
        return name.startsWith(USER) && colon > 0
                ? USER + settings.target(name.substring(USER.length(), colon)) + name.substring(colon)
                : name;
    }
}

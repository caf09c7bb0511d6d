package dev.mtc.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * One object of a set of manifests. It is kept as JSON, so that each reader gets a model object of its own.
 *
 * @param kind what it is
 * @param json its checked content, never changed
 * @param lines where it stands
 */
record ManifestObject(ManifestKind kind, ObjectNode json, Lines lines) {

    /** Where MTC keeps its resources. */
    static final String NAMESPACE = "openshift-migration";

    static final ObjectMapper JSON = JsonMapper.builder().build();

    static ManifestObject of(ManifestKind kind, HasMetadata object) {
        ObjectNode json = JSON.valueToTree(object);
        return new ManifestObject(
                kind, json, Lines.of(kind.word() + " " + object.getMetadata().getName()));
    }

    String name() {
        return json.path("metadata").path("name").asText();
    }

    /** {@return the namespace; that of MTC if the manifest leaves it to kubectl} */
    String namespace() {
        String namespace = json.path("metadata").path("namespace").asText();
        return namespace.isEmpty() ? NAMESPACE : namespace;
    }

    String id() {
        return id(kind, namespace(), name());
    }

    static String id(ManifestKind kind, String namespace, String name) {
        return kind.word() + " " + namespace + "/" + name;
    }

    /** {@return one of the annotations with which mtc says what MTC has no field for} */
    Optional<String> annotation(String key) {
        JsonNode value = json.path("metadata").path("annotations").path(key);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    <T extends HasMetadata> T as(Class<T> type) {
        try {
            T object = JSON.treeToValue(json, type);
            object.getMetadata().setNamespace(namespace());
            return object;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    id() + " at " + lines.where("") + " does not fit its model: " + e.getOriginalMessage(), e);
        }
    }
}

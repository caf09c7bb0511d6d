package dev.mtc.engine.internal.crds;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/**
 * The structural OpenAPI schema of a class of the model, as Jackson writes it. No object prunes fields that it does not
 * know: neither does the model, so that a mistyped field is reported and a newer one survives. Strings may be null, because
 * servers of Kubernetes 1.20 that were built with Go 1.16 take an empty one for null; both mean the same.
 */
final class ModelSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Class<?>, List<String>> SCALARS = Map.of(
            String.class, List.of("string"),
            byte[].class, List.of("string", "byte"),
            boolean.class, List.of("boolean"),
            Boolean.class, List.of("boolean"),
            int.class, List.of("integer", "int32"),
            Integer.class, List.of("integer", "int32"),
            long.class, List.of("integer", "int64"),
            Long.class, List.of("integer", "int64"));

    private ModelSchema() {}

    static ObjectNode of(Class<?> type) {
        return of(JSON.constructType(type));
    }

    private static ObjectNode of(JavaType type) {
        List<String> scalar = SCALARS.get(type.getRawClass());
        if (scalar != null) {
            ObjectNode schema = typed(scalar.get(0));
            scalar.stream().skip(1).forEach(format -> schema.put("format", format));
            return scalar.get(0).equals("string") ? schema.put("nullable", true) : schema;
        } else if (type.hasRawClass(Quantity.class)) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.putArray("anyOf").add(typed("integer")).add(typed("string"));
            return schema.put("x-kubernetes-int-or-string", true);
        } else if (type.isCollectionLikeType()) {
            return typed("array").set("items", of(type.getContentType()));
        } else if (type.isMapLikeType()) {
            return typed("object").set("additionalProperties", of(type.getContentType()));
        }
        return object(type);
    }

    private static ObjectNode object(JavaType type) {
        List<BeanPropertyDefinition> fields =
                JSON.getSerializationConfig().introspect(type).findProperties();
        if (fields.isEmpty()) {
            throw new IllegalArgumentException(type + " has no fields; say how it is written");
        }
        ObjectNode schema = typed("object");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        for (BeanPropertyDefinition field : fields) {
            ObjectNode property = JsonNodeFactory.instance.objectNode();
            if (field.getMetadata().getDescription() != null) {
                property.put("description", field.getMetadata().getDescription());
            }
            properties.set(field.getName(), property.setAll(of(field.getPrimaryType())));
            if (field.isRequired()) {
                required.add(field.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("x-kubernetes-preserve-unknown-fields", true);
        return schema.set("properties", properties);
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}

package dev.mtc.api;

import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of all types that manifests are made of. */
final class FieldTypes {

    /** Looked up once, because Jackson takes its time. */
    private static final Map<JavaType, Map<String, JavaType>> BY_TYPE = reachable();

    private FieldTypes() {}

    static Map<String, JavaType> of(JavaType type) {
        return BY_TYPE.getOrDefault(type, Map.of());
    }

    /** {@return the fields of an object of this kind} */
    static Map<String, JavaType> of(ManifestKind kind) {
        Map<String, JavaType> fields = new LinkedHashMap<>();
        kind.fields().forEach((name, type) -> fields.put(name, javaType(type)));
        return fields.isEmpty() ? of(javaType(kind.type())) : fields;
    }

    static JavaType javaType(Type type) {
        return ManifestObject.JSON.constructType(type);
    }

    private static Map<JavaType, Map<String, JavaType>> reachable() {
        Map<JavaType, Map<String, JavaType>> fields = new HashMap<>();
        Deque<JavaType> open = new ArrayDeque<>();
        for (ManifestKind kind : ManifestKind.values()) {
            open.addAll(
                    kind.fields().isEmpty()
                            ? List.of(javaType(kind.type()))
                            : kind.fields().values().stream()
                                    .map(FieldTypes::javaType)
                                    .toList());
        }
        while (!open.isEmpty()) {
            JavaType type = open.pop();
            if (type.isContainerType()) {
                open.push(type.getContentType());
            } else if (!Scalars.isScalar(type) && !fields.containsKey(type)) {
                fields.put(type, introspected(type));
                open.addAll(fields.get(type).values());
            }
        }
        return Map.copyOf(fields);
    }

    private static Map<String, JavaType> introspected(JavaType type) {
        Map<String, JavaType> fields = new LinkedHashMap<>();
        ManifestObject.JSON
                .getDeserializationConfig()
                .introspect(type)
                .findProperties()
                .forEach(property -> fields.put(property.getName(), property.getPrimaryType()));
        return fields;
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mtc.api.NamespaceMapping;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports texts that still name a service in a namespace that gets another name. They are not changed: only their reader knows them. */
final class UnresolvedReferences implements BuiltInTransform {

    private final @Nullable Pattern serviceName;

    UnresolvedReferences(List<NamespaceMapping> namespaces) {
        String renamed = namespaces.stream()
                .filter(NamespaceMapping::isRename)
                .map(mapping -> Pattern.quote(mapping.source()))
                .collect(Collectors.joining("|"));
        serviceName = renamed.isEmpty() ? null : Pattern.compile("[a-z0-9-]+\\.(?:" + renamed + ")\\.svc(?![a-z0-9-])");
    }

    @Override
    public void apply(Draft draft) {
        if (serviceName != null) {
            look(draft, "", draft.object());
        }
    }

    private void look(Draft draft, String path, JsonNode node) {
        if (node.isTextual()) {
            report(draft, path, text(draft, path, node.asText()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                look(draft, path + "[" + i + "]", node.get(i));
            }
        } else {
            node.properties().forEach(field -> look(draft, Json.child(path, field.getKey()), field.getValue()));
        }
    }

    private static String text(Draft draft, String path, String value) {
        if (!draft.is("secrets") || !path.startsWith("data")) {
            return value;
        }
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void report(Draft draft, String path, String text) {
        boolean candidate = text.contains(".svc");
        Matcher matcher = serviceName == null || !candidate ? null : serviceName.matcher(text);
        if (matcher != null && matcher.find()) {
            draft.warn(
                    "UnresolvedReference",
                    path + " names " + matcher.group() + ", whose namespace has another name on the target",
                    "change " + path + " with a transform if it should point to the target's service");
        }
    }
}

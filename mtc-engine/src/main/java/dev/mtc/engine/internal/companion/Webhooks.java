package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The webhooks that call services of a plan's namespaces. */
final class Webhooks {

    private Webhooks() {}

    static List<Companion> find(SourceLook look) {
        Set<String> namespaces =
                look.plan().namespaces().stream().map(NamespaceMapping::source).collect(Collectors.toSet());
        List<Companion> found = new ArrayList<>();
        for (String resource : CompanionKinds.WEBHOOKS) {
            for (ObjectNode configuration : look.all(resource)) {
                ArrayNode webhooks = configuration.withArray("webhooks");
                for (int i = webhooks.size() - 1; i >= 0; i--) {
                    if (!namespaces.contains(namespace(webhooks.get(i)))) {
                        webhooks.remove(i);
                    }
                }
                if (!webhooks.isEmpty()) {
                    String name = configuration.path("metadata").path("name").asText();
                    found.add(new Companion(resource, name, configuration));
                }
            }
        }
        return found;
    }

    private static String namespace(JsonNode webhook) {
        return webhook.path("clientConfig").path("service").path("namespace").asText();
    }
}

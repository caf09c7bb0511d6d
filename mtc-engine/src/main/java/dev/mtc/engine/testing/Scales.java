package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;

/** The scale subresource: the number of replicas behind one form for all kinds. */
final class Scales {

    private final Writes writes;

    Scales(Writes writes) {
        this.writes = writes;
    }

    HttpResponse answer(Route route, String verb, HttpRequest request, Writes.Options options) {
        ResourceType type = route.type();
        ObjectNode live = writes.require(type, route.key());
        ObjectNode scale = of(type, live);
        if (verb.equals("get")) {
            return HttpResponse.json(200, scale);
        }
        ObjectNode wanted =
                switch (verb) {
                    case "update" -> Resources.body(request);
                    case "patch" -> {
                        ObjectNode patched = scale.deepCopy();
                        Patch.merge(patched, Resources.body(request));
                        yield patched;
                    }
                    default -> throw ApiError.methodNotAllowed();
                };
        ObjectNode change = Trees.object();
        String revision = Trees.text(wanted, "metadata", "resourceVersion");
        // A patch without a revision is for whatever there is, as it is not for the one that was read here.
        if (verb.equals("update") && !revision.isEmpty()) {
            Trees.meta(change).put("resourceVersion", revision);
        }
        put(change, type.scale().spec(), Trees.number(wanted, 0, "spec", "replicas"));
        ObjectNode written = writes.patch(type, route.key(), new Patch.Merge(change), options)
                .object();
        return HttpResponse.json(200, of(type, written));
    }

    private static void put(ObjectNode tree, String path, int replicas) {
        String[] steps = path.substring(1).split("\\.", -1);
        ObjectNode parent = tree;
        for (int i = 0; i < steps.length - 1; i++) {
            parent = Trees.in(parent, steps[i]);
        }
        parent.put(steps[steps.length - 1], replicas);
    }

    private static ObjectNode of(ResourceType type, ObjectNode tree) {
        ObjectNode scale = Trees.object("kind", "Scale", "apiVersion", "autoscaling/v1");
        ObjectNode head = Trees.meta(scale);
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            if (tree.path("metadata").has(field)) {
                head.set(field, tree.path("metadata").path(field));
            }
        }
        int wanted = JsonPath.find(tree, type.scale().spec()).asInt(0);
        ObjectNode spec = scale.putObject("spec");
        // Like a real server, which leaves zero out.
        if (wanted != 0) {
            spec.put("replicas", wanted);
        }
        ObjectNode status = scale.putObject("status");
        status.put("replicas", JsonPath.find(tree, type.scale().status()).asInt(0));
        String selector = selector(JsonPath.find(tree, type.scale().selector()));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    private static String selector(JsonNode selector) {
        if (selector.isTextual()) {
            return selector.asText();
        }
        Map<String, String> labels =
                Trees.strings(selector.has("matchLabels") ? selector.path("matchLabels") : selector);
        return labels.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }
}

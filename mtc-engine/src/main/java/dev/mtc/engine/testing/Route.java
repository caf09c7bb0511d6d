package dev.mtc.engine.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path of a resource stands for.
 *
 * @param name the object's name, or empty for the collection
 * @param subresource the subresource, or empty
 */
record Route(ResourceType type, String namespace, String name, String subresource) {

    /** {@return the route of a path such as {@code /apis/apps/v1/namespaces/shop/deployments/web/scale}} */
    static @Nullable Route find(Catalog catalog, List<String> steps) {
        boolean core = !steps.isEmpty() && steps.get(0).equals("api");
        int head = core ? 2 : 3;
        if (steps.size() <= head) {
            return null;
        }
        String group = core ? "" : steps.get(1);
        String version = steps.get(head - 1);
        List<String> rest = steps.subList(head, steps.size());
        if (rest.get(0).equals("namespaces") && rest.size() > 2 && !isOfNamespace(rest)) {
            ResourceType type = catalog.find(group, version, rest.get(2));
            return type == null || !type.namespaced() ? null : of(type, rest.get(1), rest.subList(3, rest.size()));
        }
        ResourceType type = catalog.find(group, version, rest.get(0));
        return type == null ? null : of(type, "", rest.subList(1, rest.size()));
    }

    private static boolean isOfNamespace(List<String> rest) {
        return rest.size() == 3 && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
    }

    private static @Nullable Route of(ResourceType type, String namespace, List<String> rest) {
        return switch (rest.size()) {
            case 0 -> new Route(type, namespace, "", "");
            case 1 -> new Route(type, namespace, rest.get(0), "");
            case 2 -> new Route(type, namespace, rest.get(0), rest.get(1));
            default -> null;
        };
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }

    /** {@return the Kubernetes verb of a request here} */
    String verb(HttpRequest request) {
        boolean collection = name.isEmpty();
        return switch (request.method()) {
            case "GET", "HEAD" -> collection ? request.flag("watch") ? "watch" : "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> "";
        };
    }
}

package dev.mtc.engine.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind, page by page. When the server has forgotten the list in the middle (410), it is begun again, and
 * what was seen before is left out unless everything {@link #whole() shall come from one list}. Not thread-safe.
 */
public final class Pages {

    private static final int LIMIT = 500;
    private static final int MAX_RESTARTS = 10;

    private final ApiServer server;
    private final ResourceType type;
    private final String namespace;
    private final String labelSelector;
    private final Set<String> seen = new HashSet<>();
    private String token = "";
    private int restarts;
    private boolean more = true;
    private @Nullable Executor executor;
    private @Nullable FutureTask<Fetched> ahead;
    private boolean whole;
    private boolean begunAgain;

    private Pages(ApiServer server, ResourceType type, String namespace, String labelSelector) {
        this.server = server;
        this.type = type;
        this.namespace = namespace;
        this.labelSelector = labelSelector;
    }

    /**
     * {@return the pages of a kind; nothing is sent yet}
     *
     * @param server where
     * @param type kind and version
     * @param namespace of which namespace, empty for all
     * @param labelSelector which objects, empty for all
     */
    public static Pages of(ApiServer server, ResourceType type, String namespace, String labelSelector) {
        return new Pages(server, type, namespace, labelSelector);
    }

    /** Fetches a page on an executor while the one before is worked on. */
    public Pages ahead(Executor fetching) {
        executor = fetching;
        return this;
    }

    /** When the list is begun again, hands over all objects again; see {@link #isBegunAgain}. */
    public Pages whole() {
        whole = true;
        return this;
    }

    /** {@return whether the page before was the first of a list that was begun again, so that what came earlier is void} */
    public boolean isBegunAgain() {
        return begunAgain;
    }

    /** Hands over every object that is left. */
    public void forEach(Consumer<ObjectNode> each) {
        while (hasNext()) {
            next().forEach(each);
        }
    }

    /** {@return whether there may be another page} */
    public boolean hasNext() {
        return more;
    }

    /** {@return the objects of the next page, each with its apiVersion and kind; may be empty} */
    public List<ObjectNode> next() {
        Fetched fetched = ahead == null ? fetch() : Tasks.await(ahead);
        ahead = null;
        begunAgain = fetched.begunAgain();
        ObjectNode page = fetched.page();
        token = page.path("metadata").path("continue").asText("");
        more = !token.isEmpty();
        if (more && executor != null) {
            ahead = new FutureTask<>(this::fetch);
            executor.execute(ahead);
        }
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode item : page.path("items")) {
            JsonNode metadata = item.path("metadata");
            String key = metadata.path("namespace").asText() + "/"
                    + metadata.path("name").asText();
            if (item instanceof ObjectNode object && (whole || seen.add(key))) {
                objects.add(typed(object));
            }
        }
        return objects;
    }

    /** A page as the server sent it. */
    private record Fetched(ObjectNode page, boolean begunAgain) {}

    private Fetched fetch() {
        boolean again = false;
        while (true) {
            try {
                return new Fetched(server.page(type.collection(namespace), labelSelector, token, LIMIT), again);
            } catch (ClusterAccessException e) {
                if (e.status() != 410 || token.isEmpty() || ++restarts > MAX_RESTARTS) {
                    throw e;
                }
                token = "";
                again = true;
            }
        }
    }

    /** Items of a list do not carry what the list says once. */
    private ObjectNode typed(ObjectNode item) {
        ObjectNode object = item.objectNode();
        object.put("apiVersion", type.apiVersion());
        object.put("kind", type.kind());
        item.properties().forEach(field -> {
            if (!object.has(field.getKey())) {
                object.set(field.getKey(), field.getValue());
            }
        });
        return object;
    }
}

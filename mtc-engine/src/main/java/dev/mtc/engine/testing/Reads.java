package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Lists, with selectors and in pages of one snapshot. */
final class Reads {

    private static final int SNAPSHOTS = 256;

    private final Store store;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Store.Snapshot> paged = new LinkedHashMap<>();

    Reads(Store store) {
        this.store = store;
    }

    ObjectNode list(ResourceType type, String namespace, HttpRequest request) {
        requireKnownRevision(request.parameter("resourceVersion"));
        Token token = Token.parse(request.parameter("continue"));
        Store.Snapshot snapshot = token.id() == 0 ? select(type, namespace, request) : resume(token);
        int limit = number(request.parameter("limit"));
        int all = snapshot.objects().size();
        int end = limit == 0 ? all : Math.min(all, token.offset() + limit);
        List<ObjectNode> page = snapshot.objects().subList(Math.min(token.offset(), all), end);
        ObjectNode list = Rendering.of(request).list(type, page);
        ObjectNode metadata = Trees.meta(list).put("resourceVersion", Long.toString(snapshot.revision()));
        if (end < all) {
            long id = token.id() == 0 ? keep(snapshot) : token.id();
            metadata.put("continue", new Token(id, end).toString());
            metadata.put("remainingItemCount", all - end);
        } else if (token.id() != 0) {
            forget(token.id());
        }
        return list;
    }

    /** {@return what a request's selectors choose} */
    static Predicate<JsonNode> selected(ResourceType type, String namespace, HttpRequest request) {
        Predicate<JsonNode> chosen = Selector.labels(request.parameter("labelSelector"))
                .and(Selector.fields(type, request.parameter("fieldSelector")));
        return namespace.isEmpty() ? chosen : chosen.and(t -> Trees.namespace(t).equals(namespace));
    }

    Store.Snapshot select(ResourceType type, String namespace, HttpRequest request) {
        Predicate<JsonNode> chosen = selected(type, namespace, request);
        Store.Snapshot all = store.list(type.storage(), namespace);
        return new Store.Snapshot(
                all.revision(), all.objects().stream().filter(chosen).toList());
    }

    private void requireKnownRevision(String revision) {
        if (!revision.isEmpty() && number(revision) > store.revision()) {
            throw ApiError.of(
                            504,
                            "Timeout",
                            "Timeout: Too large resource version: " + revision + ", current: " + store.revision())
                    .because(new ApiError.Cause("ResourceVersionTooLarge", "Too large resource version", ""))
                    .retryAfterSeconds(1);
        }
    }

    static int number(String text) {
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("invalid number: \"" + text + "\"");
        }
    }

    private Store.Snapshot resume(Token token) {
        synchronized (paged) {
            Store.Snapshot snapshot = paged.get(token.id());
            if (snapshot == null) {
                throw ApiError.expired("The provided continue parameter is too old to display a consistent list result."
                        + " You can start a new list without the continue parameter, or use the continue token in this"
                        + " response to retrieve the remainder of the results.");
            }
            return snapshot;
        }
    }

    private long keep(Store.Snapshot snapshot) {
        synchronized (paged) {
            long id = ids.incrementAndGet();
            paged.put(id, snapshot);
            if (paged.size() > SNAPSHOTS) {
                paged.remove(paged.keySet().iterator().next());
            }
            return id;
        }
    }

    private void forget(long id) {
        synchronized (paged) {
            paged.remove(id);
        }
    }

    /** Forgets what pages were being read, so that their next page is gone. */
    void expirePages() {
        synchronized (paged) {
            paged.clear();
        }
    }

    private record Token(long id, int offset) {

        static Token parse(String text) {
            if (text.isEmpty()) {
                return new Token(0, 0);
            }
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(":", -1);
                return new Token(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw ApiError.badRequest("invalid continue token: continue key is not valid: " + text);
            }
        }

        @Override
        public String toString() {
            byte[] bytes = (id + ":" + offset).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }
}

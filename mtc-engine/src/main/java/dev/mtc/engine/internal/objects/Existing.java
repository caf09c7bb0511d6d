package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the target has, by one list for each kind and namespace. Both this list and an archive are in the order of names, so it is
 * walked along page by page while objects are asked for; one that is asked for out of order is fetched by itself. Used by one
 * thread.
 */
final class Existing {

    private final ApiServer target;
    private final Executor executor;
    private final Set<String> begun = new HashSet<>();
    private @Nullable Walk walk;

    Existing(ApiServer target, Executor executor) {
        this.target = target;
        this.executor = executor;
    }

    /**
     * What was there when it was listed or fetched.
     *
     * @param object the object, null if there was none
     */
    record Kept(@Nullable ObjectNode object) {}

    Kept of(ResourceType type, ObjectKey key) {
        Walk current = walk;
        boolean another = current == null || !current.isOf(type, key.namespace());
        if (another && begun.add(type + " " + key.namespace())) {
            current = new Walk(type, key.namespace());
            walk = current;
        }
        if (current == null || !current.isOf(type, key.namespace()) || !current.isAhead(key.name())) {
            return find(target, type, key);
        }
        ObjectNode found = current.advanceTo(key.name());
        return found == null && !current.ordered ? find(target, type, key) : new Kept(found);
    }

    /** {@return what is there now} */
    static Kept find(ApiServer target, ResourceType type, ObjectKey key) {
        return new Kept(target.find(type.path(key.namespace(), key.name())).orElse(null));
    }

    /** A list of one kind in one namespace, and how far it was walked along. */
    private final class Walk {

        private final ResourceType type;
        private final String namespace;
        private final Pages pages;
        private final Deque<ObjectNode> page = new ArrayDeque<>();
        private String asked = "";
        private String listed = "";
        private boolean ordered = true;
        private boolean isUnserved;

        Walk(ResourceType type, String namespace) {
            this.type = type;
            this.namespace = namespace;
            this.pages = Pages.of(target, type, namespace, "").ahead(executor);
        }

        boolean isOf(ResourceType wanted, String wantedNamespace) {
            return type.equals(wanted) && namespace.equals(wantedNamespace);
        }

        boolean isAhead(String name) {
            return ordered && name.compareTo(asked) > 0;
        }

        @Nullable
        ObjectNode advanceTo(String name) {
            asked = name;
            while (fill()) {
                ObjectNode first = page.getFirst();
                int order = Json.text(first, "metadata", "name").compareTo(name);
                if (order > 0) {
                    return null;
                }
                page.removeFirst();
                if (order == 0) {
                    return first;
                }
            }
            return null;
        }

        private boolean fill() {
            while (page.isEmpty() && !isUnserved && pages.hasNext()) {
                nextPage();
            }
            return !page.isEmpty();
        }

        /** A kind whose definition comes along is not served before that. */
        private void nextPage() {
            try {
                pages.next().forEach(this::add);
            } catch (ClusterAccessException e) {
                if (e.status() != 404) {
                    throw e;
                }
                isUnserved = true;
            }
        }

        /** Servers of other kinds than Kubernetes' own need not sort. */
        private void add(ObjectNode object) {
            String name = Json.text(object, "metadata", "name");
            ordered &= name.compareTo(listed) > 0;
            listed = name;
            page.addLast(object);
        }
    }
}

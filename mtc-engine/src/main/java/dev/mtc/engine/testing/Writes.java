package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Creates, updates and patches objects as an API server does, one write at a time. */
final class Writes {

    /**
     * How something is written.
     *
     * @param manager the field manager
     * @param subresource {@code status} or empty
     */
    record Options(String manager, boolean dryRun, boolean force, String subresource) {

        static Options by(String manager) {
            return new Options(manager, false, false, "");
        }

        Options toStatus() {
            return new Options(manager, dryRun, force, "status");
        }

        boolean toStatusOnly() {
            return subresource.equals("status");
        }
    }

    /** What a write left, and whether it made the object. */
    record Written(ObjectNode object, boolean created) {}

    private static final String SUFFIXES = "bcdfghjklmnpqrstvwxz2456789";
    private static final List<String> SET_BY_SERVER = List.of(
            "uid",
            "creationTimestamp",
            "generation",
            "namespace",
            "name",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generateName");

    private final Store store;
    private final Admission admission;
    private final Consequences consequences;

    Writes(Store store, Admission admission, Consequences consequences) {
        this.store = store;
        this.admission = admission;
        this.consequences = consequences;
    }

    ObjectNode create(ResourceType type, String namespace, ObjectNode body, Options options) {
        return store.exclusively(() -> {
            ObjectNode tree = body.deepCopy();
            Trees.meta(tree).remove("managedFields");
            return make(type, namespace, tree, options, true);
        });
    }

    ObjectNode update(ResourceType type, ObjectKey key, ObjectNode body, Options options) {
        return store.exclusively(() -> {
            ObjectNode live = require(type, key);
            checkKind(type, body);
            if (type.custom() && Trees.text(body, "metadata", "resourceVersion").isEmpty()) {
                throw ApiError.invalid(
                        type,
                        key.name(),
                        "metadata.resourceVersion",
                        "Invalid value: 0x0: must be specified for an update");
            }
            return commit(type, key, live, body.deepCopy(), options, true);
        });
    }

    /** Changes an object by a function of its state, as the controllers do. */
    void change(ResourceType type, ObjectKey key, Options options, Consumer<ObjectNode> changer) {
        store.exclusively(() -> {
            ObjectNode live = store.find(type.storage(), key);
            if (live == null) {
                return false;
            }
            ObjectNode tree = live.deepCopy();
            changer.accept(tree);
            commit(type, key, live, tree, options, true);
            return true;
        });
    }

    Written patch(ResourceType type, ObjectKey key, Patch patch, Options options) {
        return store.exclusively(() -> {
            if (patch instanceof Patch.Apply apply) {
                return apply(type, key, apply.configuration(), options);
            }
            ObjectNode live = require(type, key);
            ObjectNode patched = patched(type, live, patch);
            return new Written(commit(type, key, live, patched, options, true), false);
        });
    }

    ObjectNode require(ResourceType type, ObjectKey key) {
        ObjectNode live = store.find(type.storage(), key);
        if (live == null) {
            throw ApiError.notFound(type, key.name());
        }
        return live;
    }

    static ObjectNode patched(ResourceType type, ObjectNode live, Patch patch) {
        ObjectNode copy = live.deepCopy();
        if (patch instanceof Patch.Merge merge) {
            Patch.merge(copy, merge.patch());
        } else if (patch instanceof Patch.Strategic strategic) {
            if (type.custom()) {
                throw ApiError.unsupportedMediaType();
            }
            StrategicMerge.merge(copy, strategic.patch(), Shape.of(type));
        } else if (patch instanceof Patch.Json json) {
            if (JsonPatch.apply(copy, json.operations()) instanceof ObjectNode object) {
                return object;
            }
            throw ApiError.patchRejected();
        }
        return copy;
    }

    private Written apply(ResourceType type, ObjectKey key, ObjectNode configuration, Options options) {
        if (options.manager().isEmpty()) {
            throw ApiError.invalid(
                    "PatchOptions",
                    "meta.k8s.io",
                    "",
                    List.of(new ApiError.Cause(
                            "FieldValueRequired", "Required value: is required for apply patch", "fieldManager")));
        }
        checkKind(type, configuration);
        if (!Trees.at(configuration, "metadata", "managedFields").isEmpty()) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        admission.checkApply(type, configuration);
        ServerSideApply apply = new ServerSideApply(Shape.of(type), options.manager(), options.force());
        ObjectNode live = store.find(type.storage(), key);
        if (live != null) {
            ObjectNode merged = apply.apply(live, configuration);
            return new Written(commit(type, key, live, merged, options, false), false);
        }
        String uid = Trees.uid(configuration);
        if (!uid.isEmpty()) {
            throw ApiError.conflict(
                    type,
                    key.name(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
        ObjectNode tree = apply.apply(Trees.object(), configuration);
        Trees.meta(tree).put("name", key.name());
        return new Written(make(type, key.namespace(), tree, options, false), true);
    }

    private ObjectNode make(
            ResourceType type, String namespace, ObjectNode tree, Options options, boolean recordManager) {
        checkKind(type, tree);
        ObjectNode metadata = Trees.meta(tree);
        if (!Trees.text(metadata, "resourceVersion").isEmpty()) {
            throw ApiError.of(500, "", "resourceVersion should not be set on objects to be created");
        }
        metadata.remove(List.of(
                "resourceVersion", "selfLink", "generation", "deletionTimestamp", "deletionGracePeriodSeconds"));
        placeIn(type, namespace, metadata);
        if (Trees.text(metadata, "name").isEmpty() && metadata.hasNonNull("generateName")) {
            metadata.put("name", Trees.text(metadata, "generateName") + suffix(5));
        }
        admission.checkNamespace(type, namespace, Trees.text(metadata, "name"));
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", Trees.now());
        if (admission.hasGeneration(type)) {
            metadata.put("generation", 1);
        }
        if (type.has("status")) {
            tree.remove("status");
        }
        admission.onCreate(type, tree);
        ObjectKey key = ObjectKey.of(tree);
        if (store.find(type.storage(), key) != null) {
            throw ApiError.alreadyExists(type, key.name());
        }
        if (recordManager) {
            ManagedFields.recordUpdate(Trees.object(), tree, Shape.of(type), options.manager(), "");
        }
        if (options.dryRun()) {
            return tree;
        }
        admission.allocate(type, tree);
        ObjectNode stored = store.put(type.storage(), key, tree);
        consequences.created(type, stored);
        return stored;
    }

    private static void placeIn(ResourceType type, String namespace, ObjectNode metadata) {
        String given = Trees.text(metadata, "namespace");
        if (!type.namespaced()) {
            metadata.remove("namespace");
        } else if (given.isEmpty() || given.equals(namespace)) {
            metadata.put("namespace", namespace);
        } else {
            throw ApiError.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private ObjectNode commit(
            ResourceType type,
            ObjectKey key,
            ObjectNode live,
            ObjectNode tree,
            Options options,
            boolean recordManager) {
        checkIdentity(type, key, live, tree);
        ObjectNode next = options.toStatusOnly()
                ? withStatusOf(live, tree)
                : type.has("status") ? withStatusOf(tree, live) : tree;
        keepHead(live, next, recordManager);
        admission.onUpdate(type, live, next);
        if (admission.hasGeneration(type) && !options.toStatusOnly() && specChanged(type, live, next)) {
            Trees.meta(next).put("generation", Trees.number(live, 0, "metadata", "generation") + 1);
        }
        if (next.equals(live)) {
            return live;
        }
        if (recordManager) {
            ManagedFields.recordUpdate(live, next, Shape.of(type), options.manager(), subresource(options));
        }
        if (options.dryRun()) {
            return next;
        }
        if (mayGo(type, next)) {
            return removed(type, key, next);
        }
        ObjectNode stored = store.put(type.storage(), key, next);
        consequences.updated(type, stored);
        return stored;
    }

    private String subresource(Options options) {
        return admission.namesSubresources() ? options.subresource() : "";
    }

    /** Takes an object out of the store at once. */
    ObjectNode removed(ResourceType type, ObjectKey key, ObjectNode lastState) {
        ObjectNode gone = store.remove(type.storage(), key, lastState);
        consequences.removed(type, gone);
        return gone;
    }

    /** {@return whether nothing holds a deleted object any more} */
    private static boolean mayGo(ResourceType type, ObjectNode tree) {
        return Trees.isDeleting(tree)
                && Trees.at(tree, "metadata", "finalizers").isEmpty()
                && Trees.number(tree, 0, "metadata", "deletionGracePeriodSeconds") == 0
                && !(type.is("", "namespaces")
                        && !Trees.at(tree, "spec", "finalizers").isEmpty());
    }

    private static void checkKind(ResourceType type, ObjectNode body) {
        Trees.preset(body, "kind", type.kind());
        Trees.preset(body, "apiVersion", type.apiVersion());
        String kind = Trees.text(body, "kind");
        String apiVersion = Trees.text(body, "apiVersion");
        if (!kind.equals(type.kind()) || !apiVersion.equals(type.apiVersion())) {
            throw ApiError.badRequest(kind + " in version \"" + apiVersion + "\" cannot be handled as a " + type.kind()
                    + " in version \"" + type.apiVersion() + "\"");
        }
    }

    private static void checkIdentity(ResourceType type, ObjectKey key, ObjectNode live, ObjectNode tree) {
        String name = Trees.name(tree);
        if (!name.isEmpty() && !name.equals(key.name())) {
            throw ApiError.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + key.name() + ")");
        }
        String namespace = Trees.namespace(tree);
        if (!namespace.isEmpty() && !namespace.equals(key.namespace())) {
            throw ApiError.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        String uid = Trees.uid(tree);
        if (!uid.isEmpty() && !uid.equals(Trees.uid(live))) {
            throw ApiError.conflict(
                    type,
                    key.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Trees.uid(live));
        }
        String revision = Trees.text(tree, "metadata", "resourceVersion");
        if (!revision.isEmpty() && !revision.equals(Trees.text(live, "metadata", "resourceVersion"))) {
            throw ApiError.modified(type, key.name());
        }
    }

    /** {@return the first tree with the status of the second} */
    private static ObjectNode withStatusOf(ObjectNode tree, ObjectNode other) {
        ObjectNode result = tree.deepCopy();
        JsonNode status = other.get("status");
        if (status == null) {
            result.remove("status");
        } else {
            result.set("status", status.deepCopy());
        }
        return result;
    }

    /** Restores what only the server sets. */
    private static void keepHead(ObjectNode live, ObjectNode next, boolean keepManagers) {
        ObjectNode was = Trees.meta(live);
        ObjectNode head = Trees.meta(next);
        SET_BY_SERVER.forEach(field -> restore(was, head, field));
        restore(was, head, "resourceVersion");
        head.remove("selfLink");
        boolean reset = head.path("managedFields") instanceof ArrayNode list && list.isEmpty();
        // A list that a client sends counts, as long as it sends one.
        if (keepManagers && !reset && !head.has("managedFields")) {
            restore(was, head, "managedFields");
        }
        next.set("apiVersion", live.path("apiVersion"));
        next.set("kind", live.path("kind"));
    }

    private static void restore(ObjectNode from, ObjectNode to, String field) {
        @Nullable JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value);
        }
    }

    private static boolean specChanged(ResourceType type, ObjectNode live, ObjectNode next) {
        List<String> ignored = new ArrayList<>(List.of("metadata", "apiVersion", "kind"));
        if (type.has("status")) {
            ignored.add("status");
        }
        ObjectNode before = Trees.object().setAll(live);
        ObjectNode after = Trees.object().setAll(next);
        before.remove(ignored);
        after.remove(ignored);
        return !before.equals(after);
    }

    static String suffix(int length) {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < length; i++) {
            suffix.append(SUFFIXES.charAt(ThreadLocalRandom.current().nextInt(SUFFIXES.length())));
        }
        return suffix.toString();
    }
}

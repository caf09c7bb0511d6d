package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Deletes objects: at once, or by a deletion time stamp while finalizers or a grace period hold them. */
final class Deletes {

    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    /**
     * How something is deleted.
     *
     * @param grace the grace period in seconds, negative for the kind's own
     */
    record Options(String policy, int grace, String uid, String revision, boolean dryRun) {

        static final Options BACKGROUND = new Options("Background", -1, "", "", false);

        static Options of(HttpRequest request, JsonNode body) {
            String policy = Trees.text(body, "propagationPolicy");
            if (policy.isEmpty()) {
                policy = request.parameter("propagationPolicy");
            }
            if (policy.isEmpty() && body.path("orphanDependents").asBoolean(request.flag("orphanDependents"))) {
                policy = "Orphan";
            }
            String grace = request.parameter("gracePeriodSeconds");
            int seconds = Trees.number(body, grace.isEmpty() ? -1 : Integer.parseInt(grace), "gracePeriodSeconds");
            boolean dryRun = !request.parameter("dryRun").isEmpty()
                    || !body.path("dryRun").isEmpty();
            return new Options(
                    policy,
                    seconds,
                    Trees.text(body, "preconditions", "uid"),
                    Trees.text(body, "preconditions", "resourceVersion"),
                    dryRun);
        }
    }

    private final Store store;
    private final Writes writes;
    private final boolean podsEndGracefully;

    Deletes(Store store, Writes writes, boolean podsEndGracefully) {
        this.store = store;
        this.writes = writes;
        this.podsEndGracefully = podsEndGracefully;
    }

    /** {@return the object while something holds it, else a Status} */
    ObjectNode delete(ResourceType type, ObjectKey key, Options options) {
        return store.exclusively(() -> {
            ObjectNode live = writes.require(type, key);
            checkPreconditions(type, key, live, options);
            ObjectNode marked = marked(type, live, options);
            boolean held = !Trees.at(marked, "metadata", "finalizers").isEmpty()
                    || Trees.number(marked, 0, "metadata", "deletionGracePeriodSeconds") > 0
                    || type.is("", "namespaces");
            if (!held) {
                if (!options.dryRun()) {
                    writes.removed(type, key, live);
                }
                return success(type, live);
            }
            if (options.dryRun() || marked.equals(live)) {
                return marked;
            }
            return store.put(type.storage(), key, marked);
        });
    }

    private ObjectNode marked(ResourceType type, ObjectNode live, Options options) {
        ObjectNode tree = live.deepCopy();
        ObjectNode metadata = Trees.meta(tree);
        int grace = type.is("", "pods") ? grace(live, options) : 0;
        boolean first = !Trees.isDeleting(live);
        if (first) {
            Instant end = Instant.now().plusSeconds(grace).truncatedTo(ChronoUnit.SECONDS);
            metadata.put("deletionTimestamp", end.toString());
            if (metadata.has("generation")) {
                metadata.put("generation", metadata.path("generation").asInt() + 1);
            }
        }
        if (type.is("", "namespaces")) {
            Trees.in(tree, "status").put("phase", "Terminating");
            return tree;
        }
        if (first || grace < Trees.number(metadata, 0, "deletionGracePeriodSeconds")) {
            metadata.put("deletionGracePeriodSeconds", grace);
        }
        mark(metadata, options.policy());
        return tree;
    }

    private int grace(ObjectNode pod, Options options) {
        if (!podsEndGracefully || Trees.text(pod, "spec", "nodeName").isEmpty()) {
            return 0;
        }
        return options.grace() >= 0 ? options.grace() : Trees.number(pod, 30, "spec", "terminationGracePeriodSeconds");
    }

    private static void mark(ObjectNode metadata, String policy) {
        if (!policy.isEmpty()) {
            Trees.removeText(metadata, "finalizers", FOREGROUND);
            Trees.removeText(metadata, "finalizers", ORPHAN);
        }
        if (policy.equals("Foreground")) {
            Trees.addText(metadata, "finalizers", FOREGROUND);
        } else if (policy.equals("Orphan")) {
            Trees.addText(metadata, "finalizers", ORPHAN);
        }
    }

    private static void checkPreconditions(ResourceType type, ObjectKey key, ObjectNode live, Options options) {
        String uid = Trees.uid(live);
        if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
            throw ApiError.conflict(
                    type,
                    key.name(),
                    "the UID in the precondition (" + options.uid() + ") does not match the UID in record (" + uid
                            + "). The object might have been deleted and then recreated");
        }
        String revision = Trees.text(live, "metadata", "resourceVersion");
        if (!options.revision().isEmpty() && !options.revision().equals(revision)) {
            throw ApiError.conflict(
                    type,
                    key.name(),
                    "the ResourceVersion in the precondition (" + options.revision()
                            + ") does not match the ResourceVersion in record (" + revision
                            + "). The object might have been modified");
        }
    }

    private static ObjectNode success(ResourceType type, ObjectNode gone) {
        ObjectNode status = Trees.object("kind", "Status", "apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details").put("name", Trees.name(gone));
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural()).put("uid", Trees.uid(gone));
        return status;
    }
}

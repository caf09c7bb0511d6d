package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.engine.internal.cluster.ApiServer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one object with one call: a new one by creating it, so that what someone else made meanwhile is seen and not taken over; a
 * change by server-side apply, or by a merge patch where a server has none or cannot read a list with repeated or missing keys, as
 * those before 1.21 do.
 */
final class Application {

    private static final String UPDATED = "Update";
    private static final String APPLIED = "Apply";

    private final ApiServer target;
    private final Adoption adoption;

    Application(ApiServer target, Adoption adoption) {
        this.target = target;
        this.adoption = adoption;
    }

    /**
     * Writes an object with those of its owners that are there; without them where a server refuses that, as one does to accounts that may
     * not change the owners' finalizers. Its status takes another call, if the plan brings that along.
     *
     * @param prepared what is written
     * @param existing what is there, null if nothing is
     */
    void write(Prepared.Applicable prepared, @Nullable ObjectNode existing) {
        ObjectNode object = adoption.withOwners(prepared);
        try {
            write(prepared, object, existing);
        } catch (ClusterAccessException e) {
            boolean maybeForItsOwners = Adoption.hasOwners(object) && (e.status() == 403 || e.status() == 422);
            if (!maybeForItsOwners) {
                throw e;
            }
            write(prepared, Adoption.withoutOwners(object), existing);
        }
        if (prepared.object().has("status")) {
            writeStatus(prepared);
        }
    }

    private void write(Prepared.Applicable prepared, ObjectNode object, @Nullable ObjectNode existing) {
        if (existing == null) {
            target.createOneOfMany(prepared.type().collection(prepared.key().namespace()), object);
            adoption.made(prepared, object);
        } else {
            change(path(prepared), object, existing);
        }
    }

    private static String path(Prepared.Applicable prepared) {
        return prepared.type().path(prepared.key().namespace(), prepared.key().name());
    }

    private void change(String path, ObjectNode object, ObjectNode existing) {
        adopt(path, existing);
        try {
            target.applyOneOfMany(path, object);
        } catch (ClusterAccessException e) {
            if (!isApplyRefused(e)) {
                throw e;
            }
            boolean wouldTakeOtherOwners = Adoption.hasOwners(object);
            target.mergeOneOfMany(path, wouldTakeOtherOwners ? Adoption.withoutOwners(object) : object);
        }
    }

    /**
     * Lets what was created count as applied, once. Fields that are left out of what is applied from now on then go away instead of
     * staying as those of a manager that is no longer heard of.
     */
    private void adopt(String path, ObjectNode existing) {
        JsonNode managers = existing.path("metadata").path("managedFields");
        boolean applied = managers.valueStream().anyMatch(entry -> isOurs(entry, APPLIED));
        if (applied || managers.valueStream().noneMatch(entry -> isOurs(entry, UPDATED))) {
            return;
        }
        ObjectNode patch = Json.newObject();
        ObjectNode metadata =
                patch.putObject("metadata").put("resourceVersion", Json.text(existing, "metadata", "resourceVersion"));
        metadata.set("managedFields", managers.deepCopy());
        Json.objects(metadata.path("managedFields")).stream()
                .filter(entry -> isOurs(entry, UPDATED))
                .forEach(entry -> entry.put("operation", APPLIED));
        target.mergeOneOfMany(path, patch);
    }

    private static boolean isOurs(JsonNode entry, String operation) {
        return entry.path("manager").asText().equals(ApiServer.FIELD_MANAGER)
                && entry.path("operation").asText().equals(operation)
                && entry.path("subresource").asText().isEmpty();
    }

    /** Kinds without the subresource have taken the status already. */
    private void writeStatus(Prepared.Applicable prepared) {
        ObjectNode patch = Json.newObject();
        patch.set("status", prepared.object().get("status"));
        try {
            target.mergeOneOfMany(path(prepared) + "/status", patch);
        } catch (ClusterAccessException e) {
            if (e.status() != 404 && e.status() != 405) {
                throw e;
            }
        }
    }

    private static boolean isApplyRefused(ClusterAccessException e) {
        boolean unknownPatch = e.status() == 415 || e.status() == 405;
        return unknownPatch || String.valueOf(e.getMessage()).contains("failed to create typed patch");
    }
}

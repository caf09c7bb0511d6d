package dev.mtc.engine.internal.conversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Remedy;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.objects.Jobs;
import dev.mtc.engine.internal.run.Labels;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes workloads anew under their names whose fields cannot be changed. What is to be made is kept in a Secret before anything is
 * deleted: whoever comes after a process that ended in between finds it there and makes it. What a StatefulSet owned stays, the
 * ended pods of a Job go with it.
 */
final class Replacement {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KEPT_METADATA =
            List.of("name", "namespace", "labels", "annotations", "ownerReferences");

    private final ApiServer server;
    private final String namespace;
    private final String planUid;

    Replacement(ApiServer server, String namespace, String planUid) {
        this.server = server;
        this.namespace = namespace;
        this.planUid = planUid;
    }

    /** What is kept of a workload that is made anew. */
    private record Note(String secret, String collection, ObjectNode before, ObjectNode after) {

        String path() {
            return collection + "/" + before.path("metadata").path("name").asText();
        }

        String uid() {
            return before.path("metadata").path("uid").asText();
        }
    }

    /**
     * Makes a workload anew.
     *
     * @param collection where it is
     * @param before the workload as it was read
     * @param after what it is to be
     * @return whether it is made
     */
    boolean replace(String collection, ObjectNode before, ObjectNode after) {
        Note note = new Note(secretName(collection, before), collection, before, bare(after));
        write(note);
        try {
            server.deleteAsRead(
                    note.path(), before, isJob(before) ? DeletionPropagation.BACKGROUND : DeletionPropagation.ORPHAN);
        } catch (ClusterAccessException e) {
            if (e.status() == 409) {
                // It is not as it was read any more, so it is looked at again.
                server.delete(note.secret());
                return false;
            }
            throw e;
        }
        return finish(note);
    }

    /** Makes what an earlier call, of whatever process, has left in the middle; {@return what is still being deleted} */
    List<String> resume() {
        List<String> waiting = new ArrayList<>();
        for (Note note : notes()) {
            if (!finish(note)) {
                waiting.add(note.path());
            }
        }
        return waiting;
    }

    private boolean finish(Note note) {
        Optional<ObjectNode> present = server.find(note.path());
        boolean isOld = present.filter(
                        object -> object.path("metadata").path("uid").asText().equals(note.uid()))
                .isPresent();
        if (isOld && present.get().path("metadata").has("deletionTimestamp")) {
            return false;
        }
        if (present.isEmpty()) {
            create(note);
        }
        server.delete(note.secret());
        return true;
    }

    /** What cannot be made must not be missing: then it becomes again what it was. */
    private void create(Note note) {
        try {
            server.create(note.collection(), note.after());
        } catch (ClusterAccessException e) {
            if (e.status() == 409) {
                return;
            }
            if (e.remedy() != Remedy.RETRY) {
                server.create(note.collection(), bare(note.before()));
                server.delete(note.secret());
            }
            throw e;
        }
    }

    /** {@return an object without what its server has set} */
    private static ObjectNode bare(ObjectNode object) {
        ObjectNode bare = object.deepCopy();
        bare.remove("status");
        ObjectNode metadata = bare.putObject("metadata");
        for (String field : KEPT_METADATA) {
            if (object.path("metadata").has(field)) {
                metadata.set(field, object.path("metadata").path(field));
            }
        }
        if (isJob(object)) {
            Jobs.forgetGenerated(bare);
        }
        return bare;
    }

    private static boolean isJob(ObjectNode object) {
        return object.path("kind").asText().equals("Job");
    }

    private String secrets() {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    private String secretName(String collection, ObjectNode workload) {
        String identity =
                collection + "/" + workload.path("metadata").path("name").asText();
        return secrets() + "/mtc-replacement-" + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    }

    private void write(Note note) {
        ObjectNode secret = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
        ObjectNode metadata = secret.putObject("metadata");
        metadata.put("name", note.secret().substring(note.secret().lastIndexOf('/') + 1));
        ObjectNode labels = metadata.putObject("labels");
        Labels.replacement(planUid).forEach(labels::put);
        secret.putObject("data")
                .put("collection", encoded(note.collection()))
                .put("before", encoded(note.before().toString()))
                .put("after", encoded(note.after().toString()));
        try {
            server.create(secrets(), secret);
        } catch (ClusterAccessException e) {
            if (e.status() != 409) {
                throw e;
            }
            server.delete(note.secret());
            server.create(secrets(), secret);
        }
    }

    private List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        String selector = Labels.COMPONENT + "=" + Labels.REPLACEMENT + "," + Labels.PLAN + "=" + planUid;
        for (ObjectNode secret : server.list(secrets(), selector)) {
            String path = secrets() + "/" + secret.path("metadata").path("name").asText();
            JsonNode data = secret.path("data");
            notes.add(new Note(
                    path,
                    decoded(data, "collection"),
                    object(decoded(data, "before")),
                    object(decoded(data, "after"))));
        }
        return notes;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(JsonNode data, String key) {
        return new String(Base64.getDecoder().decode(data.path(key).asText()), StandardCharsets.UTF_8);
    }

    private static ObjectNode object(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A Secret that keeps a workload cannot be read", e);
        }
        throw new IllegalStateException("A Secret that keeps a workload has none");
    }
}

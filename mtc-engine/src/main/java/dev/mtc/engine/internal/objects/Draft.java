package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object on its way through the transforms. */
final class Draft {

    private final ObjectKey source;
    private final ResourceType type;
    private final String sourceUid;
    private ObjectNode object;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> transforms = new ArrayList<>();
    private final List<ObjectNode> owners = new ArrayList<>();
    private final Map<String, String> suspects = new HashMap<>();
    private ObjectNode seen;
    private @Nullable String skipReason;

    Draft(ObjectKey source, ResourceType type, ObjectNode object) {
        this.source = source;
        this.type = type;
        this.object = object;
        this.sourceUid = Json.text(object, "metadata", "uid");
        this.seen = object.deepCopy();
    }

    /** Goes through a transform, and notes its name if that changes it. */
    void through(BuiltInTransform transform) {
        transform.apply(this);
        if (!object.equals(seen)) {
            transforms.add(transform.name());
            seen = object.deepCopy();
        }
    }

    /** {@return the names of what changed it, in order} */
    List<String> transforms() {
        return transforms;
    }

    /** Notes an owner reference as the source has it. */
    void own(ObjectNode owner) {
        owners.add(owner);
    }

    List<ObjectNode> owners() {
        return owners;
    }

    /** Notes a text that may name a namespace that gets another name. */
    void suspect(String path, String namespace) {
        suspects.put(path, namespace);
    }

    /** {@return whether a text was noted so and has not been changed since} */
    boolean isSuspect(String path, String text) {
        return text.equals(suspects.get(path));
    }

    /** {@return which object of the source it was} */
    ObjectKey source() {
        return source;
    }

    /** {@return the uid of that object, empty if it is not known} */
    String sourceUid() {
        return sourceUid;
    }

    /** {@return what it becomes, as plural name with group} */
    String resource() {
        return type.resource();
    }

    boolean is(String resource) {
        return resource().equals(resource);
    }

    /** {@return kind and version on the target} */
    ResourceType type() {
        return type;
    }

    ObjectNode object() {
        return object;
    }

    void replace(ObjectNode other) {
        object = other;
    }

    ObjectNode metadata() {
        return object.withObjectProperty("metadata");
    }

    /** {@return the spec, a new one if it has none} */
    ObjectNode spec() {
        return object.withObjectProperty("spec");
    }

    String annotation(String key) {
        return Json.text(object, "metadata", "annotations", key);
    }

    String label(String key) {
        return Json.text(object, "metadata", "labels", key);
    }

    void removeAnnotation(String key) {
        removeFromMap("annotations", key);
    }

    void removeLabel(String key) {
        removeFromMap("labels", key);
    }

    private void removeFromMap(String field, String key) {
        Json.object(object, "metadata", field).ifPresent(map -> {
            map.remove(key);
            Json.removeIfEmpty(metadata(), field);
        });
    }

    /** Ends its way: it is not carried over, as it should be. */
    void skip(String reason) {
        skipReason = reason;
    }

    Optional<String> skipReason() {
        return Optional.ofNullable(skipReason);
    }

    void warn(String code, String message, String fix) {
        problems.add(Problem.warning(source.toString(), code, message, fix));
    }

    /** Says something that is as it should be but worth knowing; it stands with the object, not among the warnings. */
    void advise(String code, String message, String fix) {
        problems.add(new Problem(Problem.Severity.ADVISORY, source.toString(), code, message, fix));
    }

    void fail(String code, String message, String fix) {
        problems.add(Problem.error(source.toString(), code, message, fix));
    }

    List<Problem> problems() {
        return problems;
    }

    boolean isFailed() {
        return problems.stream().anyMatch(Problem::blocks);
    }
}

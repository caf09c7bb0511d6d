package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A refusal with the Status object that a real server answers. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** One field that was wrong. */
    record Cause(String reason, String message, String field) {}

    private final int code;
    private final transient ObjectNode status;

    private ApiError(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = Trees.object("kind", "Status", "apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        status.putObject("details");
        status.put("code", code);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }

    static ApiError of(int code, String reason, String message) {
        return new ApiError(code, reason, message);
    }

    static ApiError noSuchResource() {
        return of(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiError notFound(ResourceType type, String name) {
        return of(404, "NotFound", type.qualifiedName() + " \"" + name + "\" not found")
                .about(type, name);
    }

    static ApiError alreadyExists(ResourceType type, String name) {
        return of(409, "AlreadyExists", type.qualifiedName() + " \"" + name + "\" already exists")
                .about(type, name);
    }

    static ApiError conflict(ResourceType type, String name, String why) {
        return of(
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on " + type.qualifiedName() + " \"" + name + "\": " + why)
                .about(type, name);
    }

    static ApiError modified(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiError forbidden(ResourceType type, String name, String why) {
        return of(403, "Forbidden", type.qualifiedName() + " \"" + name + "\" is forbidden: " + why)
                .about(type, name);
    }

    static ApiError badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    static ApiError unsupportedMediaType() {
        return of(415, "UnsupportedMediaType", "415: Unsupported Media Type");
    }

    static ApiError methodNotAllowed() {
        return of(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    static ApiError expired(String message) {
        return of(410, "Expired", message);
    }

    /** The answer to a patch that does not fit. */
    static ApiError patchRejected() {
        return of(422, "Invalid", "the server rejected our request due to an error in our request");
    }

    static ApiError invalid(ResourceType type, String name, String field, String message) {
        String reason = message.startsWith("Required") ? "FieldValueRequired" : "FieldValueInvalid";
        return invalid(type.kind(), type.group(), name, List.of(new Cause(reason, message, field)));
    }

    static ApiError invalid(String kind, String group, String name, List<Cause> causes) {
        List<String> parts =
                causes.stream().map(c -> c.field() + ": " + c.message()).toList();
        String all = parts.size() == 1 ? parts.get(0) : "[" + String.join(", ", parts) + "]";
        String qualified = group.isEmpty() ? kind : kind + "." + group;
        ApiError error = of(422, "Invalid", qualified + " \"" + name + "\" is invalid: " + all);
        error.describe(name, group, kind);
        causes.forEach(error::cause);
        return error;
    }

    ApiError because(Cause cause) {
        cause(cause);
        return this;
    }

    ApiError retryAfterSeconds(long seconds) {
        Trees.in(status, "details").put("retryAfterSeconds", seconds);
        return this;
    }

    private ApiError about(ResourceType type, String name) {
        describe(name, type.group(), type.plural());
        return this;
    }

    private void describe(String name, String group, String kind) {
        ObjectNode details = Trees.in(status, "details");
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", kind);
    }

    private void cause(Cause cause) {
        Trees.listIn(Trees.in(status, "details"), "causes")
                .add(Trees.object("reason", cause.reason(), "message", cause.message(), "field", cause.field()));
    }
}

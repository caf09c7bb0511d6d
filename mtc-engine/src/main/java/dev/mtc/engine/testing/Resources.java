package dev.mtc.engine.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests for objects and collections of them. */
final class Resources {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Store store;
    private final Reads reads;
    private final Writes writes;
    private final Deletes deletes;
    private final JobRules jobs;
    private final Scales scales;

    Resources(Store store, Reads reads, Writes writes, Deletes deletes, JobRules jobs) {
        this.store = store;
        this.reads = reads;
        this.writes = writes;
        this.deletes = deletes;
        this.jobs = jobs;
        this.scales = new Scales(writes);
    }

    HttpResponse answer(Route route, String verb, HttpRequest request) {
        if (!route.subresource().isEmpty()) {
            return subresource(route, verb, request);
        }
        ResourceType type = route.type();
        return switch (verb) {
            case "list" -> HttpResponse.json(200, reads.list(type, route.namespace(), request));
            case "watch" -> watch(type, route, request);
            case "get" -> object(200, type, request, writes.require(type, route.key()));
            case "create" -> create(type, route, request);
            case "update" ->
                object(200, type, request, writes.update(type, route.key(), body(request), options(request, "")));
            case "patch" -> patch(route, request, "");
            case "delete" -> delete(type, route, request);
            case "deletecollection" -> deleteCollection(type, route, request);
            default -> throw ApiError.methodNotAllowed();
        };
    }

    private HttpResponse watch(ResourceType type, Route route, HttpRequest request) {
        return new HttpResponse.Streamed(WatchFeed.open(store, reads, type, route.namespace(), request));
    }

    private HttpResponse create(ResourceType type, Route route, HttpRequest request) {
        if ((type.namespaced() && route.namespace().isEmpty()) || !route.name().isEmpty()) {
            throw ApiError.methodNotAllowed();
        }
        return object(201, type, request, writes.create(type, route.namespace(), body(request), options(request, "")));
    }

    private HttpResponse patch(Route route, HttpRequest request, String subresource) {
        Patch patch = Patch.of(request.header("content-type"), parse(request));
        Writes.Written written = writes.patch(route.type(), route.key(), patch, options(request, subresource));
        return object(written.created() ? 201 : 200, route.type(), request, written.object());
    }

    private HttpResponse delete(ResourceType type, Route route, HttpRequest request) {
        ObjectNode left = deletes.delete(type, route.key(), Deletes.Options.of(request, optionalBody(request)));
        return HttpResponse.json(200, left);
    }

    private HttpResponse deleteCollection(ResourceType type, Route route, HttpRequest request) {
        if (type.is("", "namespaces")) {
            throw ApiError.methodNotAllowed();
        }
        Deletes.Options options = Deletes.Options.of(request, optionalBody(request));
        List<ObjectNode> gone = new ArrayList<>();
        for (ObjectNode tree : reads.select(type, route.namespace(), request).objects()) {
            try {
                deletes.delete(type, ObjectKey.of(tree), options);
                gone.add(tree);
            } catch (ApiError e) {
                if (e.code() != 404) {
                    throw e;
                }
            }
        }
        ObjectNode list = Rendering.WHOLE.list(type, gone);
        Trees.meta(list).put("resourceVersion", Long.toString(store.revision()));
        return HttpResponse.json(200, list);
    }

    private HttpResponse subresource(Route route, String verb, HttpRequest request) {
        ResourceType type = route.type();
        String name = route.subresource();
        if (name.equals("finalize") && type.is("", "namespaces") && verb.equals("update")) {
            return object(200, type, request, writes.update(type, route.key(), body(request), options(request, "")));
        }
        if (name.equals("eviction") && type.is("", "pods") && verb.equals("create")) {
            return HttpResponse.json(201, deletes.delete(type, route.key(), Deletes.Options.BACKGROUND));
        }
        if (name.equals("log") && type.is("", "pods") && verb.equals("get")) {
            return HttpResponse.text(200, log(writes.require(type, route.key()), request));
        }
        if (!type.has(name)) {
            throw ApiError.noSuchResource();
        }
        return name.equals("scale")
                ? scales.answer(route, verb, request, options(request, ""))
                : status(route, verb, request);
    }

    private HttpResponse status(Route route, String verb, HttpRequest request) {
        ResourceType type = route.type();
        return switch (verb) {
            case "get" -> object(200, type, request, writes.require(type, route.key()));
            case "update" ->
                object(200, type, request, writes.update(type, route.key(), body(request), options(request, "status")));
            case "patch" -> patch(route, request, "status");
            default -> throw ApiError.methodNotAllowed();
        };
    }

    private String log(ObjectNode pod, HttpRequest request) {
        if (Trees.text(pod, "status", "phase").equals("Pending")) {
            throw ApiError.badRequest("container in pod \"" + Trees.name(pod) + "\" is waiting to start");
        }
        List<String> lines = jobs.log(pod).lines().toList();
        String tail = request.parameter("tailLines");
        int skipped = tail.isEmpty() ? 0 : Math.max(0, lines.size() - Integer.parseInt(tail));
        return String.join("\n", lines.subList(skipped, lines.size()));
    }

    private static HttpResponse object(int code, ResourceType type, HttpRequest request, ObjectNode tree) {
        return HttpResponse.json(code, Rendering.of(request).object(type, tree));
    }

    private Writes.Options options(HttpRequest request, String subresource) {
        String dryRun = request.parameter("dryRun");
        if (!dryRun.isEmpty() && !dryRun.equals("All")) {
            throw ApiError.invalid(
                    "PatchOptions",
                    "meta.k8s.io",
                    "",
                    List.of(new ApiError.Cause(
                            "FieldValueNotSupported",
                            "Unsupported value: \"" + dryRun + "\": supported values: \"All\"",
                            "dryRun")));
        }
        String manager = request.parameter("fieldManager");
        boolean apply = request.header("content-type").startsWith("application/apply-patch");
        if (manager.isEmpty() && !apply) {
            String agent = request.header("user-agent");
            manager = agent.isEmpty() ? "unknown" : agent.split("/", -1)[0];
        }
        return new Writes.Options(manager, !dryRun.isEmpty(), request.flag("force"), subresource);
    }

    static ObjectNode body(HttpRequest request) {
        if (parse(request) instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.badRequest("the object provided is unrecognized: an object is expected");
    }

    private static JsonNode optionalBody(HttpRequest request) {
        return request.body().length == 0 ? Trees.object() : parse(request);
    }

    static JsonNode parse(HttpRequest request) {
        String type = request.header("content-type");
        if (type.contains("protobuf")) {
            throw ApiError.unsupportedMediaType();
        }
        try {
            boolean yaml = type.contains("yaml") && !looksLikeJson(request.body());
            return yaml ? YAML.readTree(request.body()) : HttpResponse.JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest("the object provided is unrecognized: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.badRequest("the object provided is unrecognized: " + e.getMessage());
        }
    }

    private static boolean looksLikeJson(byte[] body) {
        return body.length > 0 && body[0] == '{';
    }
}

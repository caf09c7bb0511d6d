package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: faults and permissions first, then discovery, then the resource that the path names. */
final class Api implements Function<HttpRequest, HttpResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private final Catalog catalog;
    private final Discovery discovery;
    private final Resources resources;
    private final Gate gate;
    private final Faults faults;
    private final RequestLog log;

    Api(Catalog catalog, Resources resources, Gate gate, Faults faults, RequestLog log) {
        this.catalog = catalog;
        this.discovery = new Discovery(catalog);
        this.resources = resources;
        this.gate = gate;
        this.faults = faults;
        this.log = log;
    }

    @Override
    public HttpResponse apply(HttpRequest request) {
        List<String> steps = request.steps();
        Route route = Route.find(catalog, steps);
        String resource = route == null ? "" : route.type().plural();
        log.add(new RecordedRequest(
                request.method(), resource, request.path(), request.rawQuery(), request.header("user-agent")));
        if (request.header("upgrade").equalsIgnoreCase("websocket")) {
            // Clients that watch by WebSocket take this for "not here" and watch by a plain GET.
            return HttpResponse.text(200, "");
        }
        String verb = route == null ? "" : route.verb(request);
        Faults.Request met = new Faults.Request(request.method(), verb, resource);
        try {
            Faults.Fate fate = faults.meet(met);
            // A watch has no answer that could be lost after the work.
            if (fate == Faults.Fate.CUT || (fate == Faults.Fate.ANSWER_LOST && verb.equals("watch"))) {
                return new HttpResponse.Cut();
            }
            HttpResponse groupFailure = faults.failure(steps);
            HttpResponse failure = groupFailure == null ? faults.failure(met) : groupFailure;
            HttpResponse answer = failure == null ? answer(request, steps, route, verb) : failure;
            return fate == Faults.Fate.ANSWER_LOST ? new HttpResponse.Cut() : answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HttpResponse.Cut();
        }
    }

    private HttpResponse answer(HttpRequest request, List<String> steps, @Nullable Route route, String verb) {
        try {
            if (route == null) {
                gate.requireKnown(request);
                return general(request, steps);
            }
            gate.requireAllowed(route, verb, request);
            return resources.answer(route, verb, request);
        } catch (ApiError e) {
            return HttpResponse.json(e.code(), e.status());
        } catch (RuntimeException e) {
            LOG.warn("The embedded cluster failed to answer {} {}", request.method(), request.path(), e);
            return HttpResponse.json(
                    500, ApiError.of(500, "InternalError", String.valueOf(e)).status());
        }
    }

    private HttpResponse general(HttpRequest request, List<String> steps) {
        String first = steps.isEmpty() ? "" : steps.get(0);
        @Nullable
        JsonNode found =
                switch (first) {
                    case "version" -> discovery.version();
                    case "api" -> core(steps);
                    case "apis" -> group(request, steps);
                    default -> null;
                };
        if (found != null) {
            return HttpResponse.json(request.method().equals("POST") ? 201 : 200, found);
        }
        return switch (first) {
            case "healthz", "livez", "readyz" -> HttpResponse.text(200, "ok");
            case "openapi" -> openApi(steps);
            case "api" -> throw ApiError.noSuchResource();
            default -> HttpResponse.text(404, "404 page not found\n");
        };
    }

    private @Nullable JsonNode core(List<String> steps) {
        if (steps.size() == 1) {
            return Discovery.coreVersions();
        }
        return steps.size() == 2 && steps.get(1).equals("v1") ? discovery.resources("", "v1") : null;
    }

    private @Nullable JsonNode group(HttpRequest request, List<String> steps) {
        if (steps.size() == 4 && request.method().equals("POST")) {
            return switch (steps.get(3)) {
                case "selfsubjectaccessreviews" -> gate.accessReview(request);
                case "selfsubjectrulesreviews" -> gate.rulesReview(request);
                default -> null;
            };
        }
        return switch (steps.size()) {
            case 1 -> discovery.groups();
            case 2 -> discovery.group(steps.get(1));
            case 3 -> discovery.resources(steps.get(1), steps.get(2));
            default -> null;
        };
    }

    /** The schema is empty, in the protobuf encoding that kubectl asks for: nothing to validate against. */
    private static HttpResponse openApi(List<String> steps) {
        if (steps.size() == 2 && steps.get(1).equals("v2")) {
            return new HttpResponse.Whole(200, "application/octet-stream", new byte[0], Duration.ZERO);
        }
        return HttpResponse.text(404, "404 page not found\n");
    }
}

package dev.mtc.engine.internal.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.plan.Conversion.Pair;
import dev.mtc.engine.internal.quiesce.PodTemplates;
import dev.mtc.engine.internal.quiesce.Quiesce;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets all workloads that mount some claims mount others instead, while they are stopped. Templates are changed in place;
 * StatefulSets whose claim templates change, and Jobs, are made anew. What another workload looks after follows it. May be repeated
 * at any time, also by another process, and is done once a look finds nothing to change.
 */
public final class ReferenceSwap {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SETS = "statefulsets.apps";
    private static final String JOBS = "jobs.batch";

    private final RunContext context;
    private final ApiServer server;
    private final Map<String, ClaimSwap> swaps;
    private final List<String> waiting = new ArrayList<>();

    private ReferenceSwap(RunContext context, Map<String, ClaimSwap> swaps) {
        this.context = context;
        this.server = context.server(Side.SOURCE);
        this.swaps = swaps;
    }

    /** {@return a swap that has copies take the places of their origins; those must be there} */
    public static ReferenceSwap forth(RunContext context, List<Pair> pairs) {
        Map<String, Map<String, ObjectNode>> successors = new HashMap<>();
        for (Pair pair : pairs) {
            ObjectNode copy = pair.copy();
            if (copy != null) {
                successors
                        .computeIfAbsent(pair.before().namespace(), key -> new HashMap<>())
                        .put(pair.before().name(), copy);
            }
        }
        return new ReferenceSwap(context, swaps(successors, new TemplateSwap(context.planUid(), false)));
    }

    /** {@return a swap that has origins take the places of their copies} */
    public static ReferenceSwap back(RunContext context, List<Pair> pairs) {
        ApiServer server = context.server(Side.SOURCE);
        Map<String, Map<String, ObjectNode>> successors = new HashMap<>();
        for (Pair pair : pairs) {
            String path = "/api/v1/namespaces/" + pair.before().namespace() + "/persistentvolumeclaims/"
                    + pair.before().name();
            server.find(path).ifPresent(origin -> successors
                    .computeIfAbsent(pair.before().namespace(), key -> new HashMap<>())
                    .put(pair.after().name(), origin));
        }
        return new ReferenceSwap(context, swaps(successors, new TemplateSwap(context.planUid(), true)));
    }

    private static Map<String, ClaimSwap> swaps(
            Map<String, Map<String, ObjectNode>> successors, TemplateSwap templates) {
        Map<String, ClaimSwap> swaps = new HashMap<>();
        successors.forEach((namespace, claims) -> swaps.put(namespace, new ClaimSwap(claims, templates)));
        return swaps;
    }

    /** A workload that is to be changed. */
    private record Found(ResourceType type, ObjectNode object, ClaimSwap.Edit edit) {

        String path() {
            JsonNode metadata = object.path("metadata");
            return type.path(
                    metadata.path("namespace").asText(), metadata.path("name").asText());
        }

        String name() {
            JsonNode metadata = object.path("metadata");
            return type.resource() + " " + metadata.path("namespace").asText() + "/"
                    + metadata.path("name").asText();
        }

        /** {@return what changes on it} */
        String inWords() {
            return "claims " + String.join(", ", edit.words()) + (isToBeMadeAnew() ? "; made anew" : "");
        }

        /** {@return whether fields change that a server lets nobody change} */
        boolean isToBeMadeAnew() {
            JsonNode before = object.path("spec").path("volumeClaimTemplates");
            return type.resource().equals(JOBS)
                    || !edit.workload()
                            .path("spec")
                            .path("volumeClaimTemplates")
                            .equals(before);
        }
    }

    /** {@return what would be changed: name of each workload, and the claims in words} */
    public Map<String, String> preview() {
        Map<String, String> changes = new TreeMap<>();
        found().forEach(found -> changes.put(found.name(), found.inWords()));
        return changes;
    }

    /** Changes what is to be changed; {@return whether all is} */
    public Outcome advance() {
        waiting.clear();
        for (String namespace : swaps.keySet()) {
            Replacement replacement = replacement(namespace);
            waiting.addAll(replacement.resume());
            told().begun(replacement.made()).forEach(this::tell);
        }
        if (!waiting.isEmpty()) {
            return Outcome.waitFor(LOOK_AGAIN, waiting.get(0) + " to be gone, to be made anew");
        }
        List<Found> found = found();
        found.forEach(this::change);
        if (!waiting.isEmpty()) {
            return Outcome.waitFor(LOOK_AGAIN, waiting.get(0));
        }
        return found.isEmpty()
                ? Outcome.advance()
                : Outcome.waitFor(LOOK_AGAIN, "whether " + found.get(0).name() + " stays as it was changed");
    }

    private Told told() {
        return context.work(Told.class, c -> new Told());
    }

    private Replacement replacement(String namespace) {
        return new Replacement(server, namespace, context.planUid());
    }

    private List<Found> found() {
        List<Found> found = new ArrayList<>();
        swaps.forEach((namespace, swap) -> Quiesce.resources().stream()
                .flatMap(resource -> context.discovery(Side.SOURCE).versions(resource).stream()
                        .limit(1))
                .forEach(type -> server.list(type.collection(namespace), "").stream()
                        .filter(object -> !object.path("metadata").has("deletionTimestamp"))
                        .filter(object -> !PodTemplates.isLookedAfter(type.resource(), object))
                        .filter(object -> !PodTemplates.hasEnded(type.resource(), object))
                        .forEach(object ->
                                swap.edit(object).ifPresent(edit -> found.add(new Found(type, object, edit))))));
        return found;
    }

    private void change(Found found) {
        Optional<String> stranger = PodTemplates.stranger(found.object());
        try {
            if (!found.isToBeMadeAnew()) {
                patch(found);
            } else if (hasPods(found)) {
                waiting.add("pods of " + found.name() + " are still there");
                return;
            } else if (!makeAnew(found)) {
                told().begin(found);
                waiting.add(found.name() + " to be changed");
                return;
            }
            if (told().isNew(found)) {
                tell(found);
            } else {
                waiting.add(found.name() + " was changed back"
                        + stranger.map(owner -> " by " + owner + "; stop or pause that until the migration has ended")
                                .orElse(""));
            }
        } catch (ClusterAccessException e) {
            if (e.status() != 404 && e.status() != 409) {
                throw e;
            }
            waiting.add(found.name() + " was changed by someone else and is looked at again");
        }
    }

    /** The changes that this run has made before, each of which is told once. */
    private static final class Told {
        private final Set<String> changes = new HashSet<>();
        private final Map<String, Found> begun = new HashMap<>();

        boolean isNew(Found found) {
            return changes.add(found.name() + found.edit().words());
        }

        /** Keeps a workload that is to be told of once it is made anew. */
        void begin(Found found) {
            begun.put(found.path(), found);
        }

        /** {@return those that are made anew now} */
        List<Found> begun(List<String> made) {
            return made.stream()
                    .map(begun::remove)
                    .filter(Objects::nonNull)
                    .filter(this::isNew)
                    .toList();
        }
    }

    private static boolean hasPods(Found found) {
        JsonNode status = found.object().path("status");
        JsonNode spec = found.object().path("spec");
        return found.type().resource().equals(SETS)
                ? spec.path("replicas").asInt(1) > 0 || status.path("replicas").asInt() > 0
                : status.path("active").asInt() > 0;
    }

    private boolean makeAnew(Found found) {
        String namespace = found.object().path("metadata").path("namespace").asText();
        int done = found.object().path("status").path("succeeded").asInt();
        boolean made = replacement(namespace)
                .replace(
                        found.type().collection(namespace),
                        withKind(found.object(), found.type()),
                        withKind(found.edit().workload(), found.type()));
        if (done > 0) {
            context.journal()
                    .warn(Problem.warning(
                            "source " + found.name(),
                            "JobStartsOver",
                            "a Job cannot be changed, so it was made anew, and what " + done
                                    + " of its pods have completed is done again",
                            "look whether that does harm, or let Jobs end before a conversion"));
        }
        return made;
    }

    /** Items of a list have no kind of their own. */
    private static ObjectNode withKind(ObjectNode object, ResourceType type) {
        ObjectNode whole =
                JSON.createObjectNode().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        object.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
        return whole;
    }

    private void patch(Found found) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata")
                .set("resourceVersion", found.object().path("metadata").path("resourceVersion"));
        boolean isCronJob = found.object().path("spec").has("jobTemplate");
        ObjectNode spec = patch.putObject("spec");
        (isCronJob ? spec.putObject("jobTemplate").putObject("spec") : spec)
                .putObject("template")
                .putObject("spec")
                .set("volumes", PodTemplates.podSpec(found.edit().workload()).path("volumes"));
        server.merge(found.path(), patch);
    }

    private void tell(Found found) {
        context.journal()
                .item(new ItemOutcome("object", found.name(), ItemOutcome.Action.UPDATED, 0, 0, found.inWords(), null));
    }
}

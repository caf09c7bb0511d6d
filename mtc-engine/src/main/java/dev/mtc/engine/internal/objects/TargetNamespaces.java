package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan's namespaces on the target with the labels and annotations of the source's, which on OpenShift include the ranges of user
 * ids that the data was written with. A namespace that is there stays as it is.
 */
public final class TargetNamespaces {

    /** What the key of an annotation begins with that names the run which handed a namespace over; the plan's uid follows. */
    public static final String HANDED_OVER = "migration.openshift.io/handed-over-";

    /** Labels that name the namespace itself. */
    private static final Set<String> NAMING = Set.of("kubernetes.io/metadata.name", "name");

    private static final String COLLECTION = "/api/v1/namespaces";

    private final ApiServer target;
    private final RestoreSettings settings;
    private final Function<String, Optional<ObjectNode>> source;

    private TargetNamespaces(
            ApiServer target, RestoreSettings settings, Function<String, Optional<ObjectNode>> source) {
        this.target = target;
        this.settings = settings;
        this.source = source;
    }

    /**
     * {@return the namespaces as they are on the source now}
     *
     * @param target where they are made
     * @param settings the plan and its marks
     * @param source where they come from
     */
    public static TargetNamespaces of(ApiServer target, RestoreSettings settings, ApiServer source) {
        return new TargetNamespaces(target, settings, name -> source.find(COLLECTION + "/" + name));
    }

    /**
     * {@return the namespaces as they were captured}
     *
     * @param target where they are made
     * @param settings the plan and its marks
     * @param archive where they were captured
     */
    public static TargetNamespaces of(ApiServer target, RestoreSettings settings, Archive archive) {
        return new TargetNamespaces(target, settings, name -> captured(archive, name));
    }

    private static Optional<ObjectNode> captured(Archive archive, String name) {
        List<ObjectNode> found = new ArrayList<>();
        archive.forEach(key -> key.equals(new ObjectKey("namespaces", "", name)), (key, object) -> found.add(object));
        return found.stream().findFirst();
    }

    /**
     * What was done.
     *
     * @param outcomes one for each namespace
     * @param unready namespaces in which pods cannot be made yet, as their default ServiceAccount is missing; ask again
     *     later
     * @param warnings labels of the source's namespaces that those which were there lack
     */
    public record Ensured(List<ItemOutcome> outcomes, List<String> unready, List<Problem> warnings) {

        /** Copies its lists. */
        public Ensured {
            warnings = List.copyOf(warnings);
            outcomes = List.copyOf(outcomes);
            unready = List.copyOf(unready);
        }
    }

    /** Makes what is missing. May be called again at any time. */
    public Ensured ensure() {
        List<ItemOutcome> outcomes = new ArrayList<>();
        List<String> unready = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        for (NamespaceMapping mapping : settings.namespaces()) {
            outcomes.add(ensure(mapping, warnings));
            String account = COLLECTION + "/" + mapping.target() + "/serviceaccounts/default";
            if (target.find(account).isEmpty()) {
                unready.add(mapping.target());
            }
        }
        return new Ensured(outcomes, unready, warnings);
    }

    private ItemOutcome ensure(NamespaceMapping mapping, List<Problem> warnings) {
        Optional<ObjectNode> there = target.find(COLLECTION + "/" + mapping.target());
        if (there.isEmpty() && create(mapping)) {
            String digest = settings.isDigesting() ? ContentDigests.of(draft(mapping)) : "";
            return outcome(mapping, ItemOutcome.Action.CREATED, "").contentDigest(digest);
        }
        boolean ours = there.isPresent() && isMadeByPlan(there.get(), settings.planUid());
        if (there.isPresent() && !ours) {
            labelsLeft(mapping, there.get()).ifPresent(warnings::add);
        }
        return outcome(
                mapping,
                ItemOutcome.Action.UNCHANGED,
                ours ? "" : "it was there before and keeps its labels and annotations");
    }

    /** {@return that policies and webhooks which select the source's namespace by its labels do not select the target's} */
    private Optional<Problem> labelsLeft(NamespaceMapping mapping, ObjectNode there) {
        List<String> left = source.apply(mapping.source())
                .flatMap(original -> Json.object(original, "metadata", "labels"))
                .map(labels -> labels.properties().stream()
                        .filter(label -> !NAMING.contains(label.getKey()))
                        .filter(label -> !label.getValue()
                                .asText()
                                .equals(Json.text(there, "metadata", "labels", label.getKey())))
                        .map(label -> label.getKey() + "=" + label.getValue().asText())
                        .toList())
                .orElse(List.of());
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.warning(
                        "target namespaces " + mapping.target(),
                        "NamespaceLabelsKept",
                        "it was there before and lacks labels of " + mapping.source() + ": " + String.join(", ", left)
                                + "; what selects namespaces by them does not select it",
                        "add the labels to it if anything selects by them"));
    }

    private boolean create(NamespaceMapping mapping) {
        try {
            target.create(COLLECTION, draft(mapping));
            return true;
        } catch (ClusterAccessException e) {
            boolean someoneWasFaster = e.status() == 409;
            if (someoneWasFaster) {
                return false;
            }
            throw e;
        }
    }

    private ObjectNode draft(NamespaceMapping mapping) {
        ObjectNode namespace = Json.newObject().put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode metadata = namespace.putObject("metadata").put("name", mapping.target());
        source.apply(mapping.source()).ifPresent(original -> {
            Json.object(original, "metadata", "labels").ifPresent(labels -> metadata.set("labels", labels.deepCopy()));
            Json.object(original, "metadata", "annotations")
                    .ifPresent(annotations -> metadata.set("annotations", annotations.deepCopy()));
        });
        ObjectNode annotations = metadata.withObjectProperty("annotations");
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
        annotations.remove(annotations.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> key.startsWith(HANDED_OVER))
                .toList());
        annotations.put(Marks.CREATED_BY_PLAN, settings.planUid());
        ObjectNode labels = metadata.withObjectProperty("labels");
        labels.remove("kubernetes.io/metadata.name");
        boolean namesItself = Json.text(labels, "name").equals(mapping.source());
        if (namesItself) {
            labels.put("name", mapping.target());
        }
        new Marks(settings).mark(metadata);
        return namespace;
    }

    static boolean isMadeByPlan(ObjectNode namespace, String planUid) {
        return Json.text(namespace, "metadata", "annotations", Marks.CREATED_BY_PLAN)
                .equals(planUid);
    }

    /** {@return what {@link #ensure} would do} */
    List<Preview.Action> preview() {
        return settings.namespaces().stream()
                .map(mapping -> {
                    boolean there =
                            target.find(COLLECTION + "/" + mapping.target()).isPresent();
                    return Preview.Action.of(
                                    there ? Preview.Verb.UNCHANGED : Preview.Verb.CREATE,
                                    "object",
                                    "namespaces " + mapping.target(),
                                    there ? "it keeps its labels and annotations" : "")
                            .contentDigest(there ? "" : ContentDigests.of(draft(mapping)));
                })
                .toList();
    }

    /** {@return what {@link #ensure} would warn of} */
    List<Problem> warnings() {
        return settings.namespaces().stream()
                .flatMap(mapping -> target.find(COLLECTION + "/" + mapping.target()).stream()
                        .filter(there -> !isMadeByPlan(there, settings.planUid()))
                        .flatMap(there -> labelsLeft(mapping, there).stream()))
                .toList();
    }

    private static ItemOutcome outcome(NamespaceMapping mapping, ItemOutcome.Action action, String detail) {
        @Nullable String noProof = null;
        return new ItemOutcome("object", "namespaces " + mapping.target(), action, 0, 0, detail, noProof);
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.companion.CompanionKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns captured objects into what is applied on the target. Thread-safe. */
final class Preparation {

    private final Discovery target;
    private final Selection selection;
    private final RestoreSettings settings;
    private final List<String> companions;
    private final List<BuiltInTransform> transforms;

    private Preparation(Discovery target, RestoreSettings settings, Surroundings surroundings) {
        this.target = target;
        this.settings = settings;
        this.selection = Selection.of(settings.plan());
        this.companions = CompanionKinds.of(settings.plan());
        List<BuiltInTransform> all = new ArrayList<>(List.of(
                new MigrationTools(),
                new ClusterMade(),
                new Ownership(target, selection, surroundings),
                new FinishedWork(),
                new Claims(settings),
                new VersionChange(),
                new ServerFields(),
                new QuiesceUndone(),
                new Services(),
                new ServiceAccounts(settings),
                new Routes(),
                new Pods(),
                new Jobs(),
                new NamespaceNames(settings),
                new Images(settings.images())));
        settings.plan().transforms().forEach(transform -> all.add(new UserTransforms(List.of(transform))));
        all.add(new UnresolvedReferences(settings.namespaces()));
        all.add(new Marks(settings));
        this.transforms = List.copyOf(all);
    }

    static Preparation of(Discovery target, RestoreSettings settings, Surroundings surroundings) {
        return new Preparation(target, settings, surroundings);
    }

    /**
     * {@return what becomes of an object}
     *
     * @param key which object of the source
     * @param object as captured; changed
     */
    Prepared prepare(ObjectKey key, ObjectNode object) {
        Optional<ResourceType> type = targetType(key, object);
        Draft draft = new Draft(key, type.orElseGet(() -> unserved(key, object)), object);
        if (type.isEmpty()) {
            return new Prepared.Unsupported(
                    key,
                    "the target does not serve " + Json.text(object, "apiVersion") + " " + Json.text(object, "kind"));
        }
        boolean isTaken = type.get().namespaced() ? selection.takes(type.get()) : companions.contains(key.resource());
        if (!isTaken) {
            return new Prepared.Skipped(key, "the plan excludes its kind", List.of());
        }
        List<String> names = new ArrayList<>();
        ObjectNode before = object.deepCopy();
        for (BuiltInTransform transform : transforms) {
            transform.apply(draft);
            if (!draft.object().equals(before)) {
                names.add(transform.name());
                before = draft.object().deepCopy();
            }
            if (draft.skipReason().isPresent()) {
                return new Prepared.Skipped(key, draft.skipReason().get(), draft.problems());
            }
            if (draft.isFailed()) {
                return new Prepared.Failed(key, draft.problems());
            }
        }
        return applicable(draft, names);
    }

    private Prepared applicable(Draft draft, List<String> names) {
        String namespace = Json.text(draft.object(), "metadata", "namespace");
        boolean inPlan = settings.namespaces().stream()
                .anyMatch(mapping -> mapping.target().equals(namespace));
        if (draft.type().namespaced() && !inPlan) {
            draft.fail(
                    "NamespaceNotInPlan",
                    "a transform moves it to namespace '" + namespace + "', which the plan does not name",
                    "let transforms stay in the plan's namespaces, where a rollback finds objects");
            return new Prepared.Failed(draft.source(), draft.problems());
        }
        ObjectKey key = new ObjectKey(draft.resource(), namespace, Json.text(draft.object(), "metadata", "name"));
        return new Prepared.Applicable(draft.type(), key, draft.object(), draft.problems(), names);
    }

    private Optional<ResourceType> targetType(ObjectKey key, ObjectNode object) {
        return Conversion.versionFor(unserved(key, object), target);
    }

    /** The captured kind as the object itself tells it. */
    private static ResourceType unserved(ObjectKey key, ObjectNode object) {
        String apiVersion = Json.text(object, "apiVersion");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String plural = group.isEmpty()
                ? key.resource()
                : key.resource().substring(0, Math.max(0, key.resource().length() - group.length() - 1));
        return new ResourceType(
                group,
                apiVersion.substring(slash + 1),
                plural,
                Json.text(object, "kind"),
                !key.namespace().isEmpty(),
                Set.of());
    }
}

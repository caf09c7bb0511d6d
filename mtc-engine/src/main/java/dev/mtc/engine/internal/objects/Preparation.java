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
        this.transforms = new ArrayList<>(builtIn(target, settings, surroundings));
        settings.plan().transforms().forEach(transform -> transforms.add(new UserTransform(transform)));
        transforms.add(new UnresolvedReferences(settings, surroundings));
        transforms.add(new Marks(settings));
    }

    private static List<BuiltInTransform> builtIn(
            Discovery target, RestoreSettings settings, Surroundings surroundings) {
        return List.of(
                new MigrationTools(),
                new ClusterMade(),
                new Ownership(target, settings, surroundings),
                new DeploymentConfigs(settings, surroundings),
                new FinishedWork(),
                new Claims(settings),
                new VersionChange(),
                new Routes(),
                new Builds(),
                new ServerFields(),
                new QuiesceUndone(),
                new Services(),
                new ServiceAccounts(settings),
                new TokenSecrets(),
                new InjectedBundles(),
                new WebhookCertificates(settings),
                new Pods(),
                new Jobs(),
                new ScaleTargets(settings),
                new NamespaceNames(settings),
                new ServiceHosts(settings, surroundings),
                new Images(settings.images()));
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
        ResourceType captured = captured(key, object);
        Optional<ResourceType> type = Conversion.versionFor(captured, settings.plan(), target);
        if (type.isEmpty()) {
            return new Prepared.Unsupported(key, Conversion.obstacle(captured, target));
        }
        boolean isTaken = type.get().namespaced() ? selection.takes(captured) : companions.contains(key.resource());
        if (!isTaken) {
            return new Prepared.Skipped(key, "the plan excludes its kind", List.of());
        }
        Draft draft = new Draft(key, type.get(), object);
        for (BuiltInTransform transform : transforms) {
            draft.through(transform);
            if (draft.skipReason().isPresent()) {
                return new Prepared.Skipped(key, draft.skipReason().get(), draft.problems());
            }
            if (draft.isFailed()) {
                return new Prepared.Failed(key, draft.problems());
            }
        }
        return applicable(draft);
    }

    private Prepared applicable(Draft draft) {
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
        return new Prepared.Applicable(
                draft.type(), key, draft.object(), draft.problems(), draft.transforms(), draft.owners());
    }

    /** The captured kind as the object itself tells it. */
    private static ResourceType captured(ObjectKey key, ObjectNode object) {
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

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.companion.CompanionKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Turns captured objects into what is applied on the target. Thread-safe. */
final class Preparation {

    private final Discovery target;
    private final Selection selection;
    private final RestoreSettings settings;
    private final List<String> companions;
    private final List<BuiltInTransform> transforms;

    private Preparation(Discovery target, RestoreSettings settings, List<BuiltInTransform> transforms) {
        this.target = target;
        this.settings = settings;
        this.selection = Selection.of(settings.plan());
        this.companions = CompanionKinds.of(settings.plan());
        this.transforms = List.copyOf(transforms);
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
                new ServiceHosts(settings, surroundings));
    }

    static Preparation of(Discovery target, RestoreSettings settings, Surroundings surroundings) {
        List<BuiltInTransform> transforms = new ArrayList<>(builtIn(target, settings, surroundings));
        transforms.add(new Images(settings.images()));
        settings.plan().transforms().forEach(transform -> transforms.add(new UserTransform(transform)));
        transforms.add(new UnresolvedReferences(settings, surroundings));
        transforms.add(new Marks(settings));
        return new Preparation(target, settings, transforms);
    }

    /**
     * {@return a preparation that ends where image references are changed and hands them over instead}
     *
     * @param found gets each object that is carried over as it is then
     */
    static Preparation upToImages(
            Discovery target, RestoreSettings settings, Surroundings surroundings, Consumer<Draft> found) {
        List<BuiltInTransform> transforms = new ArrayList<>(builtIn(target, settings, surroundings));
        transforms.add(new Look(found));
        return new Preparation(target, settings, transforms);
    }

    /** Changes nothing. */
    private record Look(Consumer<Draft> found) implements BuiltInTransform {

        @Override
        public String name() {
            return "look";
        }

        @Override
        public void apply(Draft draft) {
            found.accept(draft);
        }
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
                draft.type(),
                key,
                draft.object(),
                draft.problems(),
                draft.transforms(),
                draft.owners(),
                draft.sourceUid());
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

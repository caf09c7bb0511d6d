package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.GroupKind;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanHook;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Plan} that a MigPlan and what it refers to describe. */
final class PlanManifests {

    /** Fields of the fluent plan, as its rules name them, and where a MigPlan has them. */
    private static final Map<String, String> FIELDS = Map.of(
            "name",
            "metadata.name",
            "from",
            "spec.srcMigClusterRef",
            "to",
            "spec.destMigClusterRef",
            "via",
            "spec.migStorageRef",
            "namespaces",
            "spec.namespaces",
            "labelSelector",
            "spec.labelSelector",
            "volumes",
            "spec.persistentVolumes",
            "hooks",
            "spec.hooks");

    private final ManifestObject object;
    private final MigPlanSpec spec;
    private final Surroundings surroundings;
    private final ManifestLookup lookup;
    private final PlanBuilder plan;
    private final VolumeManifests choices;
    private final Set<String> reported = new TreeSet<>();

    private PlanManifests(ManifestObject object, Surroundings surroundings, ManifestLookup lookup) {
        this.object = object;
        this.spec = object.as(MigPlan.class).getSpec();
        this.surroundings = surroundings;
        this.lookup = lookup;
        this.plan = Plan.named(object.name());
        this.choices = new VolumeManifests(object, lookup);
    }

    /**
     * What the caller gives beside the manifests.
     *
     * @param host stands for the MigCluster of the host
     * @param clusters stand for the MigClusters of their names
     * @param storages stand for the MigStorages of their names
     */
    record Surroundings(@Nullable Cluster host, Map<String, Cluster> clusters, Map<String, Storage> storages) {}

    static Plan read(ManifestObject object, Surroundings surroundings, ManifestLookup lookup) {
        PlanManifests reader = new PlanManifests(object, surroundings, lookup);
        Annotations.check(object, lookup.problems());
        reader.refusals();
        reader.clusters();
        reader.storage();
        spec(reader);
        Optional<Plan> plan = reader.build();
        if (plan.isEmpty() || !lookup.problems().isEmpty()) {
            throw new PlanInvalidException("MigPlan " + object.name(), lookup.problems());
        }
        return plan.get();
    }

    private static void spec(PlanManifests reader) {
        reader.spec.getNamespaces().forEach(reader.plan::namespace);
        reader.selector();
        reader.policies();
        reader.resources();
        reader.volumes();
        reader.hooks();
    }

    private void refusals() {
        if (spec.isClosed()) {
            lookup.wrong(object, "spec.closed", "Closed", "says that the plan is finished", "make a new plan");
        }
        if (Boolean.TRUE.equals(spec.getLiveMigrate())) {
            lookup.wrong(
                    object,
                    "spec.liveMigrate",
                    "LiveMigrationNotSupported",
                    "asks for live migration of virtual machines, which is not supported",
                    "remove it and let the machines be stopped for the cut-over");
        }
    }

    private void clusters() {
        ObjectReference source = spec.getSrcMigClusterRef();
        ObjectReference target = spec.getDestMigClusterRef();
        Optional<Cluster> from = cluster("from", source, "InvalidSourceClusterRef");
        from.ifPresent(plan::from);
        boolean isOne = from.isPresent() && target != null && target.equals(source);
        (isOne ? from : cluster("to", target, "InvalidDestinationClusterRef")).ifPresent(plan::to);
    }

    private Optional<Cluster> cluster(String field, @Nullable ObjectReference reference, String code) {
        return resolve(
                field,
                reference,
                code,
                surroundings.clusters(),
                ManifestKind.MIG_CLUSTER,
                (found, in) -> ClusterManifests.read(found, in, surroundings.host()));
    }

    private void storage() {
        if (spec.getMigStorageRef() != null) {
            resolve(
                            "via",
                            spec.getMigStorageRef(),
                            "InvalidStorageRef",
                            surroundings.storages(),
                            ManifestKind.MIG_STORAGE,
                            StorageManifests::read)
                    .ifPresent(plan::via);
        }
    }

    private <T> Optional<T> resolve(
            String field,
            @Nullable ObjectReference reference,
            String code,
            Map<String, T> given,
            ManifestKind kind,
            BiFunction<ManifestObject, ManifestLookup, Optional<T>> reader) {
        String path = FIELDS.getOrDefault(field, field);
        Optional<T> result = Optional.empty();
        if (lookup.isSet(object, path, reference, code) && reference != null) {
            T own = given.get(reference.getName());
            result = own != null
                    ? Optional.of(own)
                    : lookup.find(object, path, reference, kind, code).flatMap(found -> reader.apply(found, lookup));
        }
        if (result.isEmpty()) {
            reported.add(field);
        }
        return result;
    }

    private void selector() {
        LabelSelector selector = spec.getLabelSelector();
        if (selector != null) {
            lookup.attempt(object, "spec.labelSelector", "InvalidLabelSelector", () -> LabelSelectors.format(selector))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(plan::labelSelector);
        }
    }

    private void policies() {
        plan.volumes(choices.rule().orElse(VolumeChoice.copy()));
        object.annotation(Annotations.EXISTING).ifPresent(this::existing);
        object.annotation(Annotations.CLUSTER_SCOPED).ifPresent(this::clusterScoped);
        object.annotation(Annotations.EXISTING_CLUSTER_SCOPED)
                .flatMap(word -> choice(Annotations.EXISTING_CLUSTER_SCOPED, ClusterScopedPolicy.class, word))
                .ifPresent(plan::existingClusterScoped);
        object.annotation(Annotations.KEEP_CAPTURES).ifPresent(this::keepCaptures);
        object.annotation(Annotations.VOLUME_ENDPOINT).ifPresent(this::endpoint);
        object.annotation(Annotations.VOLUME_BANDWIDTH).ifPresent(this::bandwidth);
        object.annotation(Annotations.REVERSES).ifPresent(plan::reverses);
        ImageManifests.read(object, lookup).ifPresent(plan::images);
        object.annotation(Annotations.IMAGES).ifPresent(this::images);
        option(Annotations.SERVICE_HOSTS, "rewrite", plan::rewriteServiceHosts);
        option(Annotations.DEPLOYMENT_CONFIGS, "to-deployments", plan::deploymentConfigsToDeployments);
    }

    private void endpoint(String word) {
        EndpointChoice.ofWord(word.strip())
                .ifPresentOrElse(
                        plan::volumeEndpoint,
                        () -> lookup.wrong(
                                object,
                                "metadata.annotations." + Annotations.VOLUME_ENDPOINT,
                                "WrongType",
                                "is '" + word + "'",
                                Nearest.fix(word, EndpointChoice.words())));
    }

    private void bandwidth(String rate) {
        lookup.attempt(
                object,
                "metadata.annotations." + Annotations.VOLUME_BANDWIDTH,
                "WrongType",
                () -> plan.volumeBandwidth(rate.strip()));
    }

    private void images(String rules) {
        for (String rule : list(rules)) {
            String[] sides = rule.split("=", -1);
            if (sides.length == 2 && !sides[0].isBlank() && !sides[1].isBlank()) {
                plan.copyImages(sides[0], sides[1]);
            } else {
                lookup.wrong(
                        object,
                        "metadata.annotations." + Annotations.IMAGES,
                        "WrongType",
                        "has '" + rule + "'",
                        "write from=to, for example quay.io/acme=registry.new.example/acme, separated by commas");
            }
        }
    }

    private void option(String annotation, String word, Runnable set) {
        object.annotation(annotation).ifPresent(value -> {
            if (value.equals(word)) {
                set.run();
            } else {
                String path = "metadata.annotations." + annotation;
                lookup.wrong(object, path, "WrongType", "is '" + value + "'", "write " + word + ", or leave it out");
            }
        });
    }

    private void existing(String word) {
        Arrays.stream(ExistingPolicy.values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .ifPresentOrElse(
                        plan::existing,
                        () -> lookup.wrong(
                                object,
                                "metadata.annotations." + Annotations.EXISTING,
                                "WrongType",
                                "is '" + word + "'",
                                "write fail, skip or update"));
    }

    private void keepCaptures(String count) {
        if (count.matches("[1-9][0-9]{0,8}")) {
            plan.keepCaptures(Integer.parseInt(count));
        } else {
            lookup.wrong(
                    object,
                    "metadata.annotations." + Annotations.KEEP_CAPTURES,
                    "WrongType",
                    "is '" + count + "'",
                    "write how many captures stay, at least 1");
        }
    }

    private void clusterScoped(String words) {
        for (String word : list(words)) {
            choice(Annotations.CLUSTER_SCOPED, ClusterScoped.class, word).ifPresent(plan::withClusterScoped);
        }
    }

    private <E extends Enum<E>> Optional<E> choice(String annotation, Class<E> choices, String word) {
        Optional<E> choice = EnumWords.find(choices, word);
        if (choice.isEmpty()) {
            lookup.wrong(
                    object,
                    "metadata.annotations." + annotation,
                    "WrongType",
                    "has '" + word + "'",
                    Nearest.fix(word, EnumWords.all(choices)));
        }
        return choice;
    }

    private void resources() {
        for (GroupKind included : spec.getIncludedResources()) {
            plan.includeResources(ResourceNames.plural(included.getGroup(), included.getKind()));
        }
        object.annotation(Annotations.INCLUDED_RESOURCES).ifPresent(names -> plan.includeResources(list(names)));
        object.annotation(Annotations.EXCLUDED_RESOURCES).ifPresent(names -> plan.excludeResources(list(names)));
        object.annotation(Annotations.RESTORE_STATUS).ifPresent(names -> plan.restoreStatus(list(names)));
    }

    private static String[] list(String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toArray(String[]::new);
    }

    private void volumes() {
        Set<String> claims = new TreeSet<>();
        int index = 0;
        for (PersistentVolume volume : spec.getPersistentVolumes()) {
            String path = "spec.persistentVolumes[" + index++ + "]";
            String claim = VolumeManifests.claim(volume);
            if (!claims.add(claim)) {
                lookup.wrong(object, path, "InvalidPVCs", "names claim " + claim + " again", "keep one of the two");
            }
            plan.volume(claim, choices.choice(volume, path).orElse(VolumeChoice.copy()));
        }
        if (spec.isIndirectVolumeMigration()) {
            plan.indirectVolumes();
        }
        if (spec.isIndirectImageMigration()) {
            plan.indirectImages();
        }
    }

    private void hooks() {
        HookManifests reader = new HookManifests(object, lookup);
        List<MigPlanHook> hooks = spec.getHooks();
        for (int i = 0; i < hooks.size(); i++) {
            reader.read(hooks.get(i), "spec.hooks[" + i + "]")
                    .ifPresent(planned -> plan.hook(planned.point(), planned.hook()));
        }
    }

    private Optional<Plan> build() {
        try {
            return Optional.of(plan.build());
        } catch (PlanInvalidException e) {
            e.problems().stream()
                    .filter(problem -> !reported.contains(problem.where()))
                    .map(this::located)
                    .forEach(lookup.problems()::add);
            return Optional.empty();
        }
    }

    /** Says in which line of the manifest the rule of the fluent plan was broken. */
    private Problem located(Problem problem) {
        String rule = problem.where();
        int bracket = rule.indexOf('[');
        String field = bracket < 0 ? rule : rule.substring(0, bracket);
        String key = bracket < 0 ? "" : rule.substring(bracket + 1, rule.length() - 1);
        String path = FIELDS.getOrDefault(field, field);
        // of what is there twice the last is the one too many
        int index = keys(field).lastIndexOf(key);
        String place = index < 0 ? path : path + "[" + index + "]";
        return new Problem(
                problem.severity(),
                object.lines().where(place),
                problem.code(),
                problem.reason(),
                place + ": " + problem.message(),
                problem.fix());
    }

    /** {@return by what the rules tell the elements of a list apart} */
    private List<String> keys(String field) {
        return switch (field) {
            case "namespaces" -> spec.getNamespaces();
            case "volumes" ->
                spec.getPersistentVolumes().stream().map(VolumeManifests::claim).toList();
            case "hooks" -> spec.getHooks().stream().map(MigPlanHook::getPhase).toList();
            default -> List.of();
        };
    }
}

package dev.mtc.api;

import dev.mtc.api.PlanManifests.Surroundings;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * MTC's resources as YAML: MigCluster, MigStorage, MigPlan, MigHook and MigMigration, with the Secrets and ConfigMaps beside
 * them. What a plan can say and MTC has no field for is in annotations {@code mtc.dev/…}, which MTC ignores. Immutable.
 *
 * @see Plan#toManifests()
 * @see Migration#toManifests()
 * @since 0.1
 */
public final class Manifests {

    private final Map<String, ManifestObject> objects;
    private final List<Problem> notExpressible;
    private final Surroundings surroundings;

    private Manifests(Map<String, ManifestObject> objects, List<Problem> notExpressible, Surroundings surroundings) {
        this.objects = objects;
        this.notExpressible = notExpressible;
        this.surroundings = surroundings;
    }

    /**
     * {@return the manifests of a file, or of all {@code *.yaml}, {@code *.yml} and {@code *.json} files of a directory}
     * Directories below it are not read. A {@code v1} List counts as its items. Whether references lead anywhere is seen by
     * {@link #plan}.
     *
     * @param fileOrDirectory what to read
     * @throws PlanInvalidException with everything that is wrong, each with {@code file:line}: broken YAML, kinds that do
     *     not belong here, unknown fields, wrong types, fields and objects that are there twice
     * @throws IllegalArgumentException if there is no such file or directory
     */
    public static Manifests read(Path fileOrDirectory) {
        List<ManifestObject> objects = ManifestReader.read(Objects.requireNonNull(fileOrDirectory, "fileOrDirectory"));
        List<Problem> secrets = objects.stream()
                .filter(object -> object.kind() == ManifestKind.SECRET)
                .map(ManifestLookup::secretNote)
                .toList();
        return new Manifests(byId(objects), secrets, new Surroundings(null, Map.of(), Map.of()));
    }

    /**
     * {@return objects as they are on a cluster, or as a program made them} They are looked at as strictly as files are.
     *
     * @param objects of the kinds that {@link #read} knows; each with name and namespace
     * @throws PlanInvalidException with everything that is wrong, each with kind, namespace and name of its object
     * @throws IllegalArgumentException if an object is of another kind
     */
    public static Manifests of(Collection<? extends HasMetadata> objects) {
        return new Manifests(byId(ManifestReader.of(objects)), List.of(), new Surroundings(null, Map.of(), Map.of()));
    }

    /**
     * {@return a plan and its clusters, repository and hooks as manifests} Choices for single volumes name the claim; MTC,
     * which goes by the volume's name, does not find them by that.
     *
     * @param plan what to write down; see {@link #notExpressible()} for what manifests cannot say
     */
    public static Manifests of(Plan plan) {
        return of(PlanSheet.of(plan));
    }

    static Manifests of(ManifestSheet sheet) {
        return new Manifests(
                byId(sheet.objects()), List.copyOf(sheet.lost()), new Surroundings(null, Map.of(), Map.of()));
    }

    private static Map<String, ManifestObject> byId(List<ManifestObject> objects) {
        Map<String, ManifestObject> byId = new LinkedHashMap<>();
        objects.stream()
                .sorted(Comparator.comparing(ManifestObject::kind))
                .forEach(object -> byId.put(object.id(), object));
        return byId;
    }

    /**
     * {@return a copy in which the MigCluster of the host is reached like this, not as the pod that this JVM runs in}
     *
     * @param host the cluster that MTC's resources are meant for
     */
    public Manifests withHost(Cluster host) {
        return new Manifests(
                objects,
                notExpressible,
                new Surroundings(
                        Objects.requireNonNull(host, "host"), surroundings.clusters(), surroundings.storages()));
    }

    /**
     * {@return a copy in which this cluster stands for the MigCluster of its name, which need not be there} For clusters
     * that a MigCluster cannot describe.
     *
     * @param cluster the cluster
     */
    public Manifests withCluster(Cluster cluster) {
        Map<String, Cluster> clusters = new HashMap<>(surroundings.clusters());
        clusters.put(cluster.name(), cluster);
        return new Manifests(
                objects, notExpressible, new Surroundings(surroundings.host(), clusters, surroundings.storages()));
    }

    /**
     * {@return a copy in which this storage stands for the MigStorage of its name, which need not be there} For storages
     * that a MigStorage cannot describe.
     *
     * @param storage the storage
     */
    public Manifests withStorage(Storage storage) {
        Map<String, Storage> storages = new HashMap<>(surroundings.storages());
        storages.put(storage.name(), storage);
        return new Manifests(
                objects, notExpressible, new Surroundings(surroundings.host(), surroundings.clusters(), storages));
    }

    /** {@return the names of the MigPlans, in order} */
    public List<String> plans() {
        return names(ManifestKind.MIG_PLAN);
    }

    /**
     * {@return a plan, ready to run}
     *
     * @param name the name of its MigPlan
     * @throws PlanInvalidException with everything that is wrong with it or with what it refers to, each with
     *     {@code file:line}
     * @throws IllegalArgumentException if there is no such MigPlan
     */
    public Plan plan(String name) {
        return PlanManifests.read(find(ManifestKind.MIG_PLAN, name), surroundings, new ManifestLookup(objects));
    }

    /** {@return the names of the MigMigrations, in order} */
    public List<String> migrations() {
        return names(ManifestKind.MIG_MIGRATION);
    }

    /**
     * {@return the migration that a MigMigration describes, with its plan; {@link Migration#start} does what it says} Its
     * status says what became of it elsewhere and does not count.
     *
     * @param name the name of the MigMigration
     * @throws PlanInvalidException with everything that is wrong with it, its plan or what that refers to, each with
     *     {@code file:line}
     * @throws IllegalArgumentException if there is no such MigMigration
     */
    public Migration migration(String name) {
        return MigrationManifests.read(
                find(ManifestKind.MIG_MIGRATION, name), surroundings, new ManifestLookup(objects));
    }

    /**
     * {@return the cluster that a MigCluster describes, or that stands for it}
     *
     * @param name the name of the MigCluster
     * @throws PlanInvalidException with everything that is wrong with it or its Secrets
     * @throws IllegalArgumentException if there is no such MigCluster
     */
    public Cluster cluster(String name) {
        Cluster own = surroundings.clusters().get(Objects.requireNonNull(name, "name"));
        if (own != null) {
            return own;
        }
        return single(
                ManifestKind.MIG_CLUSTER,
                name,
                (object, lookup) -> ClusterManifests.read(object, lookup, surroundings.host()));
    }

    /**
     * {@return the repository that a MigStorage describes}
     *
     * @param name the name of the MigStorage
     * @throws PlanInvalidException with everything that is wrong with it or its Secret
     * @throws IllegalArgumentException if there is no such MigStorage
     */
    public Storage storage(String name) {
        return single(ManifestKind.MIG_STORAGE, name, StorageManifests::read);
    }

    /**
     * {@return the hook that a MigHook describes} Its namespace and service account come with its place in a plan.
     *
     * @param name the name of the MigHook
     * @throws PlanInvalidException with everything that is wrong with it
     * @throws IllegalArgumentException if there is no such MigHook
     */
    public Hook.Job hook(String name) {
        return single(ManifestKind.MIG_HOOK, name, MigHookReader::read);
    }

    private <T> T single(
            ManifestKind kind, String name, BiFunction<ManifestObject, ManifestLookup, Optional<T>> reader) {
        ManifestObject object = find(kind, name);
        ManifestLookup lookup = new ManifestLookup(objects);
        Optional<T> value = reader.apply(object, lookup);
        if (value.isEmpty() || !lookup.problems().isEmpty()) {
            throw new PlanInvalidException(kind.word() + " " + name, lookup.problems());
        }
        return value.get();
    }

    /**
     * {@return a MigPlan, the caller's own}
     *
     * @param name its name
     * @throws IllegalArgumentException if there is no such MigPlan
     */
    public MigPlan migPlan(String name) {
        return find(ManifestKind.MIG_PLAN, name).as(MigPlan.class);
    }

    /**
     * {@return a MigCluster, the caller's own}
     *
     * @param name its name
     * @throws IllegalArgumentException if there is no such MigCluster
     */
    public MigCluster migCluster(String name) {
        return find(ManifestKind.MIG_CLUSTER, name).as(MigCluster.class);
    }

    /**
     * {@return a MigStorage, the caller's own}
     *
     * @param name its name
     * @throws IllegalArgumentException if there is no such MigStorage
     */
    public MigStorage migStorage(String name) {
        return find(ManifestKind.MIG_STORAGE, name).as(MigStorage.class);
    }

    /** {@return the MigMigrations in the order in which they were read, the caller's own} */
    public List<MigMigration> migMigrations() {
        return all(ManifestKind.MIG_MIGRATION, MigMigration.class);
    }

    private <T extends HasMetadata> List<T> all(ManifestKind kind, Class<T> type) {
        return objects.values().stream()
                .filter(object -> object.kind() == kind)
                .map(object -> object.as(type))
                .toList();
    }

    private List<String> names(ManifestKind kind) {
        return objects.values().stream()
                .filter(object -> object.kind() == kind)
                .map(ManifestObject::name)
                .toList();
    }

    private ManifestObject find(ManifestKind kind, String name) {
        Objects.requireNonNull(name, "name");
        @Nullable ManifestObject found = objects.get(ManifestObject.id(kind, ManifestObject.NAMESPACE, name));
        if (found != null) {
            return found;
        }
        List<ManifestObject> elsewhere = objects.values().stream()
                .filter(object -> object.kind() == kind && object.name().equals(name))
                .toList();
        if (elsewhere.size() == 1) {
            return elsewhere.get(0);
        }
        throw new IllegalArgumentException("There is "
                + (elsewhere.isEmpty() ? "no " : "more than one ") + kind.word() + " '" + name
                + "' among the manifests, only "
                + names(kind) + "; use one of these");
    }

    /**
     * {@return what these manifests cannot say, each with what to do} Secrets are always among it: they are never written.
     * Errors change what a plan does, such as a hook in this process or a transform; warnings do not.
     */
    public List<Problem> notExpressible() {
        return notExpressible;
    }

    /**
     * {@return the manifests as YAML documents that {@code kubectl apply} takes, without Secrets and without status}
     *
     * @see #notExpressible()
     */
    public String toYaml() {
        return written().stream().map(ManifestYaml::of).collect(Collectors.joining());
    }

    /**
     * Writes one file for each object into a directory, over files of the same name. Secrets are not written.
     *
     * @param directory made if it is not there
     * @return the files
     * @throws UncheckedIOException if that is not possible
     */
    public List<Path> write(Path directory) {
        List<Path> files = new ArrayList<>();
        try {
            Files.createDirectories(directory);
            for (ManifestObject object : written()) {
                String namespace = object.namespace().equals(ManifestObject.NAMESPACE) ? "" : object.namespace() + "-";
                Path file = directory.resolve(
                        object.kind().word().toLowerCase(Locale.ROOT) + "-" + namespace + object.name() + ".yaml");
                files.add(Files.writeString(file, ManifestYaml.of(object)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Manifests cannot be written to " + directory + "; give a directory that can be written to", e);
        }
        return files;
    }

    private List<ManifestObject> written() {
        return objects.values().stream()
                .filter(object -> object.kind() != ManifestKind.SECRET)
                .toList();
    }

    @Override
    public String toString() {
        Map<String, Long> counts = objects.values().stream()
                .collect(Collectors.groupingBy(
                        object -> object.kind().word(), LinkedHashMap::new, Collectors.counting()));
        return "Manifests["
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "))
                + "]";
    }
}

package dev.mtc.engine.internal.crds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.DirectImageStreamMigration;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigrationProgress;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The custom resource definitions of MTC's kinds, as they stand in {@code dev/mtc/engine/crds} of this jar. */
public final class Definitions {

    /** Every kind that has one. */
    public static final List<Class<? extends MigrationResource<?, ?>>> KINDS = List.of(
            MigCluster.class,
            MigStorage.class,
            MigPlan.class,
            MigMigration.class,
            MigHook.class,
            DirectImageMigration.class,
            DirectImageStreamMigration.class,
            DirectVolumeMigration.class,
            DirectVolumeMigrationProgress.class);

    static final String COLLECTION = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static final String FOLDER = "/dev/mtc/engine/crds/";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final YAMLMapper YAML = new YAMLMapper();

    private Definitions() {}

    /**
     * Creates those that are missing and returns once all kinds are served, at most a minute later. Those that are there
     * stay as they are, they may be MTC's own. May be called again at any time.
     *
     * @param host the cluster that keeps MTC's resources
     * @return what is wrong with those that were there
     * @throws ClusterAccessException if they cannot be read or created, or are not served in time
     */
    public static List<Problem> ensure(ApiServer host) {
        List<Problem> problems = new ArrayList<>();
        List<ResourceType> usable = new ArrayList<>();
        for (Class<? extends MigrationResource<?, ?>> kind : KINDS) {
            ResourceType type = ResourceType.of(kind);
            Optional<ObjectNode> existing = host.find(COLLECTION + "/" + type.resource());
            List<Problem> found = existing.map(definition -> new ExistingDefinition(type, definition).problems())
                    .orElseGet(() -> create(host, type));
            if (found.stream().noneMatch(Problem::blocks)) {
                usable.add(type);
            }
            problems.addAll(found);
        }
        Establishment.await(host, usable, LIMIT);
        return List.copyOf(problems);
    }

    private static List<Problem> create(ApiServer host, ResourceType type) {
        try {
            host.create(COLLECTION, read(type));
        } catch (ClusterAccessException e) {
            // Another one was faster.
            if (e.status() != 409) {
                throw e;
            }
        }
        return List.of();
    }

    /** {@return the definition of a kind} */
    static ObjectNode read(ResourceType type) {
        String file = FOLDER + type.plural() + ".yaml";
        try (InputStream yaml = Objects.requireNonNull(Definitions.class.getResourceAsStream(file), file)) {
            return (ObjectNode) YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}

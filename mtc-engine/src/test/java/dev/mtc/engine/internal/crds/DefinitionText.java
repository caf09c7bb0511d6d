package dev.mtc.engine.internal.crds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;

/**
 * The custom resource definition of a kind, made from its class. fabric8's generator would make status a subresource, which
 * it is not in MTC, and wants the columns as annotations of a further library on the public model.
 */
final class DefinitionText {

    private record Column(String name, String type, String path) {}

    private record Look(String description, List<Column> columns) {}

    private static final Column READY = text("Ready", ".status.conditions[?(@.type=='Ready')].status");
    private static final Column AGE = new Column("Age", "date", ".metadata.creationTimestamp");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private static final Map<Class<?>, Look> LOOKS = Map.of(
            MigCluster.class,
            new Look(
                    "A cluster that applications are migrated from or to.",
                    List.of(READY, text("URL", ".spec.url"), text("Host", ".spec.isHostCluster"), AGE)),
            MigStorage.class,
            new Look(
                    "An object store through which applications are migrated.",
                    List.of(
                            READY,
                            text("BackupStorageProvider", ".spec.backupStorageProvider"),
                            text("VolumeSnapshotProvider", ".spec.volumeSnapshotProvider"),
                            AGE)),
            MigPlan.class,
            new Look(
                    "What is migrated, from where to where and how.",
                    List.of(
                            READY,
                            text("Source", ".spec.srcMigClusterRef.name"),
                            text("Target", ".spec.destMigClusterRef.name"),
                            text("Storage", ".spec.migStorageRef.name"),
                            AGE)),
            MigMigration.class,
            new Look(
                    "A run of a plan.",
                    List.of(
                            READY,
                            text("Plan", ".spec.migPlanRef.name"),
                            text("Stage", ".spec.stage"),
                            text("Rollback", ".spec.rollback"),
                            text("Itinerary", ".status.itinerary"),
                            text("Phase", ".status.phase"),
                            AGE)),
            MigHook.class,
            new Look(
                    "Something to run at a point of a migration.",
                    List.of(READY, text("Image", ".spec.image"), text("TargetCluster", ".spec.targetCluster"), AGE)),
            DirectVolumeMigrationProgress.class,
            new Look(
                    "How far the copy of one claim is.",
                    List.of(
                            text("Cluster", ".spec.clusterRef.name"),
                            text("Pod Name", ".spec.podRef.name"),
                            text("Pod Namespace", ".spec.podRef.namespace"),
                            text("Progress Percent", ".status.lastObservedProgressPercent"),
                            text("Transfer Rate", ".status.lastObservedTransferRate"),
                            AGE)),
            DirectVolumeMigration.class,
            new Look("The direct copy of the claims of a run, one row for each.", List.of()),
            DirectImageMigration.class,
            new Look("The direct copy of the images of a run, one row for each.", List.of()),
            DirectImageStreamMigration.class,
            new Look("The direct copy of one image stream.", List.of()));

    private DefinitionText() {}

    static String of(Class<? extends MigrationResource<?, ?>> kind) {
        try {
            return YAML.writeValueAsString(definition(kind));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode definition(Class<? extends MigrationResource<?, ?>> kind) {
        ObjectNode definition = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "apiextensions.k8s.io/v1")
                .put("kind", "CustomResourceDefinition");
        definition.putObject("metadata").put("name", HasMetadata.getFullResourceName(kind));
        ObjectNode spec = definition.putObject("spec").put("group", HasMetadata.getGroup(kind));
        spec.set("names", names(kind));
        spec.put("scope", "Namespaced");
        ObjectNode version = spec.putArray("versions")
                .addObject()
                .put("name", HasMetadata.getVersion(kind))
                .put("served", true)
                .put("storage", true);
        ArrayNode columns = JsonNodeFactory.instance.arrayNode();
        look(kind).columns().forEach(column -> columns.addObject()
                .put("name", column.name())
                .put("type", column.type())
                .put("jsonPath", column.path()));
        if (!columns.isEmpty()) {
            version.set("additionalPrinterColumns", columns);
        }
        version.putObject("schema").set("openAPIV3Schema", schema(kind));
        return definition;
    }

    private static ObjectNode names(Class<? extends MigrationResource<?, ?>> kind) {
        ObjectNode names = JsonNodeFactory.instance
                .objectNode()
                .put("kind", HasMetadata.getKind(kind))
                .put("listKind", HasMetadata.getKind(kind) + "List")
                .put("plural", HasMetadata.getPlural(kind))
                .put("singular", HasMetadata.getSingular(kind));
        String[] shortNames = MigrationResource.getShortNames(kind);
        if (shortNames.length > 0) {
            ArrayNode list = names.putArray("shortNames");
            List.of(shortNames).forEach(list::add);
        }
        return names;
    }

    private static ObjectNode schema(Class<? extends MigrationResource<?, ?>> kind) {
        ObjectNode schema = JsonNodeFactory.instance
                .objectNode()
                .put("description", look(kind).description())
                .put("type", "object")
                .put("x-kubernetes-preserve-unknown-fields", true);
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        properties.putObject("metadata").put("type", "object");
        MigrationResource<?, ?> empty = empty(kind);
        properties.set("spec", ModelSchema.of(empty.getSpec().getClass()));
        properties.set("status", ModelSchema.of(empty.getStatus().getClass()));
        return schema;
    }

    private static MigrationResource<?, ?> empty(Class<? extends MigrationResource<?, ?>> kind) {
        try {
            return kind.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Look look(Class<?> kind) {
        Look look = LOOKS.get(kind);
        if (look == null) {
            throw new IllegalArgumentException(kind + " has no description and columns; add them");
        }
        return look;
    }

    private static Column text(String name, String path) {
        return new Column(name, "string", path);
    }
}

package dev.mtc.api;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mtc.api.model.v1alpha1.MigClusterSpec;
import dev.mtc.api.model.v1alpha1.MigHookSpec;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import dev.mtc.api.model.v1alpha1.MigStorageSpec;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes every field of the sample's resources, one at a time: a migration and its plan must become others, or be refused. */
class ManifestFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final Map<String, Class<?>> SPECS = Map.of(
            "MigPlan", MigPlanSpec.class,
            "MigCluster", MigClusterSpec.class,
            "MigStorage", MigStorageSpec.class,
            "MigHook", MigHookSpec.class,
            "MigMigration", MigMigrationSpec.class);

    private static final String ON_DEMAND = "asks MTC's controller to look again, which needs no asking here";
    private static final String DISCOVERED = "says what MTC found; it is found anew";
    private static final String OTHER_PROVIDER = "belongs to a provider that is refused";
    private static final String SNAPSHOTS = "belongs to volume snapshots, which are not used";

    /** Fields that change nothing, and why. */
    private static final Map<String, String> IGNORED = Map.ofEntries(
            entry("MigPlan/refresh", ON_DEMAND),
            entry("MigCluster/refresh", ON_DEMAND),
            entry("MigStorage/refresh", ON_DEMAND),
            entry("MigPlan/persistentVolumes/0/name", DISCOVERED),
            entry("MigPlan/persistentVolumes/0/capacity", DISCOVERED),
            entry("MigPlan/persistentVolumes/0/storageClass", DISCOVERED),
            entry("MigPlan/persistentVolumes/0/supported/actions", DISCOVERED),
            entry("MigPlan/persistentVolumes/0/supported/copyMethods", DISCOVERED),
            entry("MigPlan/persistentVolumes/0/pvc/volumeMode", DISCOVERED),
            entry("MigPlan/persistentVolumes/0/pvc/hasReference", DISCOVERED),
            entry("MigPlan/persistentVolumes/0/pvc/ownerType", DISCOVERED),
            entry("MigCluster/azureResourceGroup", SNAPSHOTS),
            entry("MigCluster/restartRestic", "tends MTC's node agents, of which there are none"),
            entry("MigStorage/volumeSnapshotProvider", SNAPSHOTS),
            entry("MigStorage/volumeSnapshotConfig/credsSecretRef", SNAPSHOTS),
            entry("MigStorage/volumeSnapshotConfig/snapshotCreationTimeout", SNAPSHOTS),
            entry("MigStorage/volumeSnapshotConfig/awsRegion", SNAPSHOTS),
            entry("MigStorage/volumeSnapshotConfig/azureApiTimeout", SNAPSHOTS),
            entry("MigStorage/volumeSnapshotConfig/azureResourceGroup", SNAPSHOTS),
            entry(
                    "MigStorage/backupStorageConfig/awsS3ForcePathStyle",
                    "MTC addresses by path wherever a URL is given, whatever this says; so does mtc"),
            entry("MigStorage/backupStorageConfig/awsPublicUrl", "is for links that people follow, which are not made"),
            entry("MigStorage/backupStorageConfig/awsSignatureVersion", "requests are always signed with version 4"),
            entry("MigStorage/backupStorageConfig/azureStorageAccount", OTHER_PROVIDER),
            entry("MigStorage/backupStorageConfig/azureStorageContainer", OTHER_PROVIDER),
            entry("MigStorage/backupStorageConfig/azureResourceGroup", OTHER_PROVIDER),
            entry("MigStorage/backupStorageConfig/gcpBucket", OTHER_PROVIDER));

    @TempDir
    private Path directory;

    private int readings;

    /** {@return the fields of a specification and their types, by path} */
    private static Map<String, Class<?>> fields(String path, Class<?> model) {
        Map<String, Class<?>> fields = new TreeMap<>();
        for (Field field : model.getDeclaredFields()) {
            JsonProperty property = field.getAnnotation(JsonProperty.class);
            if (property == null) {
                continue;
            }
            String place = path + "/" + property.value();
            boolean isList = field.getType() == List.class;
            Class<?> type = isList
                    ? (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0]
                    : field.getType();
            if (type.getPackage() == model.getPackage() && !type.isEnum()) {
                fields.putAll(fields(isList ? place + "/0" : place, type));
            } else {
                fields.put(place, field.getType());
            }
        }
        return fields;
    }

    private static Map<String, Class<?>> allFields() {
        Map<String, Class<?>> all = new TreeMap<>();
        SPECS.forEach((kind, spec) -> all.putAll(fields(kind, spec)));
        return all;
    }

    private static JsonNode other(Class<?> type, JsonNode now) {
        if (type == boolean.class || type == Boolean.class) {
            return JSON.valueToTree(!now.asBoolean());
        } else if (type == long.class || type == Long.class) {
            return JSON.valueToTree(now.asLong() + 7);
        } else if (type == Quantity.class) {
            return JSON.valueToTree("77Gi");
        } else if (type == List.class) {
            return JSON.valueToTree(List.of("elsewhere"));
        } else if (type == ObjectReference.class) {
            return JSON.valueToTree(Map.of("name", "elsewhere", "namespace", "openshift-migration"));
        } else if (type == LabelSelector.class) {
            return JSON.valueToTree(Map.of("matchLabels", Map.of("other", "label")));
        }
        assertThat(type).isIn(String.class, byte[].class);
        return JSON.valueToTree("b3RoZXI=");
    }

    private static Map<String, ObjectNode> sample() throws IOException, URISyntaxException {
        Path sample = Path.of(
                ManifestFieldsTest.class.getResource("/manifests/sample").toURI());
        Map<String, ObjectNode> objects = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(sample)) {
            for (Path file : files.sorted().toList()) {
                for (Object object : YAML.readerFor(ObjectNode.class)
                        .readValues(file.toFile())
                        .readAll()) {
                    add((ObjectNode) object, objects);
                }
            }
        }
        // or the claim's own mode would not count
        ((ObjectNode) objects.get("MigPlan").at("/spec/persistentVolumes/0/selection")).remove("accessMode");
        return objects;
    }

    private static void add(ObjectNode node, Map<String, ObjectNode> objects) {
        if (node.path("kind").asText().equals("List")) {
            node.path("items").forEach(item -> add((ObjectNode) item, objects));
        } else {
            objects.putIfAbsent(node.path("kind").asText() + suffix(objects, node), node);
        }
    }

    private static String suffix(Map<String, ObjectNode> objects, ObjectNode node) {
        return objects.containsKey(node.path("kind").asText()) ? "-" + objects.size() : "";
    }

    private String migrationOf(Map<String, ObjectNode> objects) throws IOException {
        Path files = Files.createDirectory(directory.resolve("reading-" + readings++));
        for (Map.Entry<String, ObjectNode> object : objects.entrySet()) {
            Files.writeString(
                    files.resolve(object.getKey() + ".json"), object.getValue().toString());
        }
        return CapturedRequest.text(CapturedRequest.of(Manifests.read(files).migration("shop-final")));
    }

    private boolean counts(Map<String, ObjectNode> objects, String before) throws IOException {
        try {
            return !migrationOf(objects).equals(before);
        } catch (PlanInvalidException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.fix())
                    .isNotEmpty());
            return true;
        }
    }

    private static void set(Map<String, ObjectNode> objects, String field, Class<?> type) {
        int slash = field.indexOf('/');
        String path = "/spec" + field.substring(slash);
        ObjectNode object = objects.get(field.substring(0, slash));
        String parent = path.substring(0, path.lastIndexOf('/'));
        ObjectNode owner = (ObjectNode) object.at(parent);
        owner.set(path.substring(path.lastIndexOf('/') + 1), other(type, object.at(path)));
    }

    @Test
    void fields_eachChanged_changeTheMigrationOrAreRefusedOrHaveAReason() throws IOException, URISyntaxException {
        String before = migrationOf(sample());
        Set<String> withoutEffect = new TreeSet<>();
        for (Map.Entry<String, Class<?>> field : allFields().entrySet()) {
            Map<String, ObjectNode> objects = sample();
            set(objects, field.getKey(), field.getValue());
            if (!counts(objects, before)) {
                withoutEffect.add(field.getKey());
            }
        }

        assertThat(withoutEffect).isEqualTo(new TreeSet<>(IGNORED.keySet()));
        assertThat(IGNORED.values()).allSatisfy(reason -> assertThat(reason).isNotBlank());
    }
}

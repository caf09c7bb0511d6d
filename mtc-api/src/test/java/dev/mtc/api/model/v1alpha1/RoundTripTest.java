package dev.mtc.api.model.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RoundTripTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    @ParameterizedTest
    @FieldSource("dev.mtc.api.model.v1alpha1.Samples#KINDS")
    void json_fullSample_isWrittenAsRead(Class<? extends MigrationResource<?, ?>> kind) throws IOException {
        JsonNode sample = PLAIN.readTree(Samples.text(kind.getSimpleName() + ".json"));

        assertThat(Samples.json(Samples.of(kind))).isEqualTo(sample.toString());
        assertThat(PLAIN.writeValueAsString(PLAIN.treeToValue(sample, kind))).isEqualTo(sample.toString());
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.api.model.v1alpha1.Samples#KINDS")
    void yaml_fullSample_isWrittenAsRead(Class<? extends MigrationResource<?, ?>> kind) {
        String yaml = Samples.SERIALIZATION.asYaml(Samples.of(kind));

        assertThat(Samples.json(Samples.read(yaml, kind))).isEqualTo(Samples.json(Samples.of(kind)));
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.api.model.v1alpha1.Samples#KINDS")
    void sample_everyKind_setsEveryFieldInTheOrderOfTheClass(Class<? extends MigrationResource<?, ?>> kind)
            throws IllegalAccessException {
        Map<String, WireObject> objects = new TreeMap<>();
        MigrationResource<?, ?> resource = Samples.of(kind);
        collect(resource.getSpec(), objects);
        collect(resource.getStatus(), objects);

        assertThat(objects).hasSizeGreaterThan(2);
        for (WireObject object : objects.values()) {
            String[] order =
                    object.getClass().getAnnotation(JsonPropertyOrder.class).value();
            assertThat(names(Samples.json(object)))
                    .as(object.getClass().getSimpleName())
                    .containsExactly(order);
            assertThat(properties(object.getClass()).stream().map(field -> field.getAnnotation(JsonProperty.class)
                            .value()))
                    .as("fields of " + object.getClass().getSimpleName())
                    .containsExactlyInAnyOrder(order);
            assertThat(object.additionalProperties()).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.api.model.v1alpha1.Samples#KINDS")
    void fields_everyKind_areDescribedInOneSentence(Class<? extends MigrationResource<?, ?>> kind)
            throws IllegalAccessException {
        Map<String, WireObject> objects = new TreeMap<>();
        collect(Samples.of(kind).getSpec(), objects);
        collect(Samples.of(kind).getStatus(), objects);

        assertThat(objects.values().stream().flatMap(object -> properties(object.getClass()).stream()))
                .allSatisfy(field -> assertThat(field.getAnnotation(JsonPropertyDescription.class)
                                .value())
                        .endsWith("."));
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.api.model.v1alpha1.Samples#KINDS")
    void unknownFields_onEveryLevel_areKeptAndListed(Class<? extends MigrationResource<?, ?>> kind) {
        String json = Samples.json(Samples.of(kind))
                .replace("\"spec\":{", "\"spec\":{\"newSpec\":{\"a\":[1,null]},")
                .replace("\"status\":{", "\"status\":{\"newStatus\":null,")
                .replace("\"type\":\"Ready\"", "\"type\":\"Ready\",\"newCondition\":true");
        json = json.substring(0, json.length() - 1) + ",\"newField\":1}";

        MigrationResource<?, ?> resource = Samples.read(json, kind);

        assertThat(resource.additionalProperties()).containsOnlyKeys("newField");
        assertThat(resource.getSpec().additionalProperties()).containsOnlyKeys("newSpec");
        assertThat(resource.getStatus().additionalProperties()).containsEntry("newStatus", null);
        assertThat(resource.getStatus().getConditions().get(0).additionalProperties())
                .containsEntry("newCondition", true);
        assertThat(Samples.json(resource))
                .contains(
                        "\"newField\":1",
                        "\"newSpec\":{\"a\":[1,null]}",
                        "\"newStatus\":null",
                        "\"newCondition\":true");
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.api.model.v1alpha1.Samples#KINDS")
    void names_everyKind_areThoseOfTheCrd(Class<? extends MigrationResource<?, ?>> kind) throws Exception {
        MigrationResource<?, ?> resource = kind.getDeclaredConstructor().newInstance();

        assertThat(resource).isInstanceOf(Namespaced.class);
        assertThat(resource.getApiVersion()).isEqualTo("migration.openshift.io/v1alpha1");
        assertThat(resource.getKind()).isEqualTo(kind.getSimpleName());
        assertThat(resource.getPlural())
                .isEqualTo(kind.getSimpleName().toLowerCase(java.util.Locale.ROOT) + (isProgress(kind) ? "es" : "s"));
    }

    @Test
    void shortNames_directKinds_areThoseOfTheCrd() {
        assertThat(MigrationResource.getShortNames(DirectVolumeMigration.class)).containsExactly("dvm");
        assertThat(MigrationResource.getShortNames(DirectVolumeMigrationProgress.class))
                .containsExactly("dvmp");
        assertThat(MigrationResource.getShortNames(DirectImageMigration.class)).containsExactly("dim");
        assertThat(MigrationResource.getShortNames(DirectImageStreamMigration.class))
                .containsExactly("dism");
        assertThat(MigrationResource.getShortNames(MigPlan.class)).isEmpty();
    }

    private static boolean isProgress(Class<?> kind) {
        return kind == DirectVolumeMigrationProgress.class;
    }

    private static void collect(Object value, Map<String, WireObject> objects) throws IllegalAccessException {
        if (value instanceof Collection<?> values) {
            for (Object element : values) {
                collect(element, objects);
            }
        } else if (value instanceof WireObject object) {
            objects.put(object.getClass().getName(), object);
            for (Field field : properties(object.getClass())) {
                field.setAccessible(true);
                collect(field.get(object), objects);
            }
        }
    }

    private static List<Field> properties(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredFields())
                    .filter(field -> field.isAnnotationPresent(JsonProperty.class))
                    .forEach(fields::add);
        }
        return fields;
    }

    private static List<String> names(String json) {
        try {
            List<String> names = new ArrayList<>();
            PLAIN.readTree(json).fieldNames().forEachRemaining(names::add);
            return names;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.mtc.engine.internal.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DefinitionsTest {

    private static final String UPDATE = "mtc.crds.update";
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src", "main", "resources", "dev", "mtc", "engine", "crds");

    @ParameterizedTest
    @FieldSource("dev.mtc.engine.internal.crds.Definitions#KINDS")
    void definition_ofTheModel_equalsTheCommittedOne(Class<? extends MigrationResource<?, ?>> kind) throws IOException {
        Path committed = FOLDER.resolve(ResourceType.of(kind).plural() + ".yaml");
        String definition = DefinitionText.of(kind);
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(FOLDER);
            Files.writeString(committed, definition);
        }

        assertThat(definition)
                .as("the model has changed; run mvn -pl mtc-engine -am -Dtest=DefinitionsTest -D" + UPDATE
                        + "=true -Dsurefire.failIfNoSpecifiedTests=false test and commit " + committed)
                .isEqualTo(Files.readString(committed));
    }

    @Test
    void folder_ofDefinitions_holdsNothingElse() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Definitions.KINDS.stream()
                            .map(kind -> ResourceType.of(kind).plural() + ".yaml")
                            .toList());
        }
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.engine.internal.crds.Definitions#KINDS")
    void schema_ofEveryKind_isStructural(Class<? extends MigrationResource<?, ?>> kind) {
        assertThat(StructuralRules.violations(schema(kind))).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.engine.internal.crds.Definitions#KINDS")
    void definition_ofEveryKind_isWhatEnsureWantsOfOne(Class<? extends MigrationResource<?, ?>> kind) {
        ResourceType type = ResourceType.of(kind);
        JsonNode definition = Definitions.read(type);

        assertThat(new ExistingDefinition(type, definition).problems()).isEmpty();
        assertThat(definition.path("metadata").path("name").asText()).isEqualTo(type.resource());
        assertThat(definition.at("/spec/versions/0/subresources").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.engine.internal.crds.Definitions#KINDS")
    void specAndStatus_ofEveryKind_keepUnknownFields(Class<? extends MigrationResource<?, ?>> kind) {
        assertThat(List.of("spec", "status")).allSatisfy(part -> assertThat(schema(kind)
                        .at("/properties/" + part)
                        .path("x-kubernetes-preserve-unknown-fields")
                        .asBoolean())
                .isTrue());
    }

    @Test
    void fields_ofSeveralTypes_areDescribed() {
        assertThat(schema(MigPlan.class)
                        .at("/properties/spec/properties/persistentVolumes/items/properties/capacity")
                        .toString())
                .isEqualTo("{\"description\":\"Capacity of the PersistentVolume.\",\"anyOf\":[{\"type\":\"integer\"},"
                        + "{\"type\":\"string\"}],\"x-kubernetes-int-or-string\":true}");
        assertThat(schema(MigPlan.class)
                        .at("/properties/spec/properties/labelSelector/properties/matchLabels")
                        .toString())
                .isEqualTo("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\",\"nullable\":true}}");
        assertThat(schema(MigMigration.class)
                        .at("/properties/spec/properties/runAsUser/format")
                        .asText())
                .isEqualTo("int64");
        assertThat(schema(MigMigration.class).at("/properties/spec/required").toString())
                .isEqualTo("[\"stage\"]");
        assertThat(schema(DirectVolumeMigration.class)
                        .at("/properties/status/required")
                        .toString())
                .isEqualTo("[\"observedDigest\",\"phaseDescription\"]");
    }

    private static JsonNode schema(Class<? extends MigrationResource<?, ?>> kind) {
        return Definitions.read(ResourceType.of(kind)).at("/spec/versions/0/schema/openAPIV3Schema");
    }
}

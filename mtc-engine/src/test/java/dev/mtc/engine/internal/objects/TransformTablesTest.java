package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each built-in transform makes of objects of namespace shop, which becomes shop-eu; billing keeps its name. One table for each
 * transform, beside this class among the resources.
 */
class TransformTablesTest {

    private static final Map<String, BiFunction<RestoreSettings, Surroundings, BuiltInTransform>> TRANSFORMS =
            new TreeMap<>(Map.ofEntries(
                    Map.entry("builds", (settings, around) -> new Builds()),
                    Map.entry("claims", (settings, around) -> new Claims(settings)),
                    Map.entry("cluster-made", (settings, around) -> new ClusterMade()),
                    Map.entry("deployment-configs", DeploymentConfigs::new),
                    Map.entry("finished-work", (settings, around) -> new FinishedWork()),
                    Map.entry(
                            "images",
                            (settings, around) -> new Images(image -> image.replace("old.example/", "new.example/"))),
                    Map.entry("injected-bundles", (settings, around) -> new InjectedBundles()),
                    Map.entry("jobs", (settings, around) -> new Jobs()),
                    Map.entry("namespace-names", (settings, around) -> new NamespaceNames(settings)),
                    Map.entry("pods", (settings, around) -> new Pods()),
                    Map.entry("routes", (settings, around) -> new Routes()),
                    Map.entry("scale-targets", (settings, around) -> new ScaleTargets(settings)),
                    Map.entry("server-fields", (settings, around) -> new ServerFields()),
                    Map.entry("service-accounts", (settings, around) -> new ServiceAccounts(settings)),
                    Map.entry("service-hosts", ServiceHosts::new),
                    Map.entry("services", (settings, around) -> new Services()),
                    Map.entry("token-secrets", (settings, around) -> new TokenSecrets()),
                    Map.entry("unresolved-references", UnresolvedReferences::new),
                    Map.entry("version-change", (settings, around) -> new VersionChange())));

    static Stream<Arguments> rows() {
        return TRANSFORMS.keySet().stream().flatMap(TransformTablesTest::rows);
    }

    private static Stream<Arguments> rows(String table) {
        try (InputStream file = Objects.requireNonNull(
                TransformTablesTest.class.getResourceAsStream("transforms/" + table + ".yaml"), table)) {
            JsonNode rows =
                    Serialization.unmarshal(new String(file.readAllBytes(), StandardCharsets.UTF_8), JsonNode.class);
            return rows.valueStream()
                    .map(row -> Arguments.of(table, row.path("case").asText(), row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void apply_row_becomesWhatItSays(String table, String name, JsonNode row) {
        TransformCase result = result(table, row);

        Draft draft = result.draft();
        assertThat(draft.skipReason().orElse("")).isEqualTo(row.path("skipped").asText());
        assertThat(draft.problems()).extracting(Problem::code).containsExactlyElementsOf(texts(row.path("says")));
        String messages = draft.problems().toString();
        texts(row.path("naming")).forEach(text -> assertThat(messages).contains(text));
        if (!row.has("skipped")) {
            JsonNode expected = row.path(row.has("becomes") ? "becomes" : "input");
            assertThat(draft.object()).isEqualTo(expected);
            assertThat(draft.transforms()).hasSize(row.has("becomes") ? 1 : 0);
        }
    }

    private static TransformCase result(String table, JsonNode row) {
        List<String> options = texts(row.path("plan"));
        RestoreSettings settings = TransformCase.settings(plan -> options.forEach(option -> set(option, plan)));
        Surroundings around = Surroundings.none();
        row.path("around")
                .forEach(other -> around.note(
                        new ObjectKey(
                                other.path("resource").asText(),
                                "shop",
                                other.path("metadata").path("name").asText()),
                        (ObjectNode) other));
        String resource = row.path("resource").asText();
        return TransformCase.of(
                TRANSFORMS.get(table).apply(row.has("claims") ? settings.claimsAsObjects() : settings, around),
                resource,
                TransformCase.type(
                        row.path("as").asText(resource), row.path("version").asText("v1"), ""),
                row.path("input").deepCopy());
    }

    private static void set(String option, PlanBuilder plan) {
        if (option.equals("rewriteServiceHosts")) {
            plan.rewriteServiceHosts();
        } else if (option.equals("deploymentConfigsToDeployments")) {
            plan.deploymentConfigsToDeployments();
        } else {
            throw new IllegalArgumentException(option);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}

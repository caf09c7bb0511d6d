package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Plan;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three kinds with two objects each, one of which carries a label. */
class SelectionMatrixIT extends ObjectsBed {

    private static final Map<String, String> KINDS = Map.of("A", "configmaps", "B", "secrets", "C", "endpoints");
    private static final Map<String, String> SINGULAR = Map.of("A", "ConfigMap", "B", "Secret", "C", "Endpoints");

    @BeforeEach
    void makeObjects() {
        KINDS.forEach((letter, plural) -> {
            for (int label = 0; label <= 1; label++) {
                ObjectNode object = Yaml.object("apiVersion: v1\nkind: %s\nmetadata: {name: %s, labels: {x: '%d'}}"
                        .formatted(SINGULAR.get(letter), "object-" + label, label));
                create("/api/v1/namespaces/shop/" + plural, object);
            }
        });
    }

    private static String[] plurals(String letters) {
        return Arrays.stream(letters.split(" ", -1)).map(KINDS::get).toArray(String[]::new);
    }

    @ParameterizedTest(name = "excluded [{0}] included [{1}] label [{2}] -> {3}")
    @CsvSource({
        "'', '', '', A0 A1 B0 B1 C0 C1",
        "'', '', 1, A1 B1 C1",
        "'', A B, 1, A1 B1",
        "'', C, '', C0 C1",
        "A, '', '', B0 B1 C0 C1",
        "A, A C, '', C0 C1",
        "A, '', 1, B1 C1",
        "A, A C, 1, C1",
    })
    void capture_exclusionInclusionAndLabel_takesWhatTheMatrixSays(
            String excluded, String included, String label, String expected) {
        Plan plan = plan(builder -> {
            if (!excluded.isEmpty()) {
                builder.excludeResources(plurals(excluded));
            }
            if (!included.isEmpty()) {
                builder.includeResources(plurals(included));
            }
            return label.isEmpty() ? builder : builder.labelSelector("x=" + label);
        });
        TreeSet<String> taken = new TreeSet<>();

        capture(plan).forEach(key -> key.name().startsWith("object-"), (key, object) -> taken.add(letter(key)));

        assertThat(taken.stream().collect(Collectors.joining(" "))).isEqualTo(expected);
    }

    private static String letter(ObjectKey key) {
        String kind = KINDS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(key.resource()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(key.resource());
        return kind + key.name().substring("object-".length());
    }
}

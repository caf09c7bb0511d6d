package dev.mtc.engine.internal.companion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "matchLabels: {a: b, c: d} | a=b,c=d",
                "matchExpressions: [{key: a, operator: In, values: [x, y]}] | a in (x,y)",
                "matchExpressions: [{key: a, operator: NotIn, values: [x]}] | a notin (x)",
                "matchExpressions: [{key: a, operator: Exists}, {key: b, operator: DoesNotExist}] | a,!b",
                "'{}' | ''",
            })
    void text_selector_isAsTheApiTakesIt(String selector, String expected) {
        assertThat(Selectors.text(Serialization.unmarshal(selector, JsonNode.class)))
                .isEqualTo(expected);
    }
}

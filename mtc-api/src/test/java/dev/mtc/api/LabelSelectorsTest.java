package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web | app=web",
                "app == web | app=web",
                "app= | app=",
                "app=,tier=a | app=,tier=a",
                "app!=web | app notin (web)",
                "app | app",
                "! app | !app",
                "app in (web,api) | app in (web,api)",
                "app in( web , api ) | app in (web,api)",
                "app notin (a, ) | app notin (a,)",
                "app in (web) | app=web",
                "example.com/tier=x_y.z-1 | example.com/tier=x_y.z-1",
                "a in (x,y),b=1,!c,d | b=1,a in (x,y),!c,d",
                "a=1,a=2 | a=1,a in (2)",
                "in in (in,notin) | in in (in,notin)",
            })
    void parse_goodSelector_isWrittenInOneForm(String text, String written) {
        assertThat(LabelSelectors.format(LabelSelectors.parse(text))).isEqualTo(written);
        assertThat(LabelSelectors.format(LabelSelectors.parse(written))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a,",
                ",a",
                "a b",
                "a in",
                "a in web",
                "a in (",
                "a in (web",
                "a in (web api)",
                "a in ((web)",
                "a)",
                "a=b=c",
                "a=b c",
                "a > 5",
                "a<5",
                "!a=b",
                "!",
                "=b",
                "-a=b",
                "a=b-",
                "a=ü",
                "a/b/c=d",
                "Example.com/a=b",
                "/a=b",
                "a/=b",
                "a=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void parse_badSelector_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelectors.parse(text));
    }

    @Test
    void parse_allOperators_givesTheObjectForm() {
        LabelSelector selector = LabelSelectors.parse("a=1,b!=2,c in (3,4),d notin (5),e,!f");
        assertThat(selector)
                .isEqualTo(new LabelSelectorBuilder()
                        .addToMatchLabels("a", "1")
                        .addToMatchExpressions(new LabelSelectorRequirement("b", "NotIn", List.of("2")))
                        .addToMatchExpressions(new LabelSelectorRequirement("c", "In", List.of("3", "4")))
                        .addToMatchExpressions(new LabelSelectorRequirement("d", "NotIn", List.of("5")))
                        .addToMatchExpressions(new LabelSelectorRequirement("e", "Exists", List.of()))
                        .addToMatchExpressions(new LabelSelectorRequirement("f", "DoesNotExist", List.of()))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"Gt,1", "In,", "NotIn,", "Exists,1", "DoesNotExist,1", "in,1"})
    void format_expressionThatKubernetesRefuses_isRefused(String operator, String value) {
        LabelSelector selector = new LabelSelectorBuilder()
                .addToMatchExpressions(
                        new LabelSelectorRequirement("a", operator, value == null ? List.of() : List.of(value)))
                .build();
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelectors.format(selector));
    }

    @Test
    void format_badValue_saysWhich() {
        LabelSelector selector =
                new LabelSelectorBuilder().addToMatchLabels("a", "b,c=d").build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelectors.format(selector))
                .withMessageContaining("'b,c=d' is not a label value");
    }

    @Test
    void build_malformedSelector_isAProblemOfThePlan() {
        PlanBuilder plan = Plan.named("shop")
                .from(Clusters.fromToken("https://old.example", Secret.of("t")))
                .to(Clusters.fromToken("https://new.example", Secret.of("t")))
                .namespace("shop")
                .labelSelector("app in (web");
        assertThatExceptionOfType(PlanInvalidException.class)
                .isThrownBy(plan::build)
                .satisfies(e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo("labelSelector");
                    assertThat(problem.message()).contains("'app in (web'").contains("')' is missing");
                    assertThat(problem.fix()).contains("app in (web,api)");
                }));
    }
}

package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MTC's vectors of names (specification 13.4). */
class ClaimNamesTest {

    /** A StatefulSet "set" that makes claims from all templates of the vectors. */
    private static final ObjectNode SET = set("set", "test", "test-new", "example-mig-defg", "example");

    private static ObjectNode set(String name, String... templates) {
        ObjectNode set = new ObjectMapper().createObjectNode();
        set.putObject("metadata").put("name", name);
        Stream.of(templates).forEach(template -> set.withObjectProperty("spec")
                .withArrayProperty("volumeClaimTemplates")
                .addObject()
                .putObject("metadata")
                .put("name", template));
        return set;
    }

    @ParameterizedTest
    @CsvSource({
        "test, abcd, test-mig-abcd",
        "test-new, abcd, test-mig-abcd",
        "test-mig-vwxd, abcd, test-mig-abcd",
        "test-set-2, abcd, test-mig-abcd-set-2",
        "test-new-set-2, abcd, test-mig-abcd-set-2",
        "example-mig-defg-set-10, abcd, example-mig-abcd-set-10",
        "example-set, abcd, example-set-mig-abcd",
        "example-set-0, new, example-mig-new-set-0",
        "test, new, test-mig-new"
    })
    void converted_ofAClaim_isMtcs(String claim, String suffix, String target) {
        assertThat(new ClaimNames(suffix, List.of(SET)).converted(claim)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"252", "247"})
    void converted_ofALongName_isCutToWhatKubernetesTakes(int length) {
        assertThat(new ClaimNames("abcd", List.of()).converted("b".repeat(length)))
                .hasSize(253)
                .isEqualTo("b".repeat(247) + "-mig-a");
    }

    @Test
    void converted_ofAClaimThatWasToGetAnotherName_goesOnFromThat() {
        ClaimNames names = new ClaimNames("abcd", List.of(SET));

        assertThat(names.converted("test", "existing-name")).isEqualTo("existing-name-mig-abcd");
        assertThat(names.converted("test-set-2", "other-mig-vwxd-set-2")).isEqualTo("other-mig-abcd-set-2");
    }

    @Test
    void converted_ofAClaimThatOnlyLooksLikeOneOfASet_getsTheSuffixAtItsEnd() {
        assertThat(new ClaimNames("abcd", List.of(set("db", "data"))).converted("data-web-0"))
                .isEqualTo("data-web-0-mig-abcd");
    }

    @Test
    void suffix_ofAPlan_isTheSameEachTimeAndHasFourSafeLetters() {
        assertThat(PlanSuffix.of("one")).isEqualTo(PlanSuffix.of("one")).matches("[bcdfghjklmnpqrstvwxz2456789]{4}");
        assertThat(PlanSuffix.of("two")).isNotEqualTo(PlanSuffix.of("one"));
    }
}

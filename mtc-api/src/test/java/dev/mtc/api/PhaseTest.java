package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseTest {

    @Test
    void wireNames_areUnique() {
        assertThat(Phase.values()).extracting(Phase::wireName).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void ofWireName_ofEachName_givesThePhase(Phase phase) {
        assertThat(Phase.ofWireName(phase.wireName())).isSameAs(phase);
        assertThat(phase.description()).endsWith(".");
        assertThat(phase.toString()).isNotEmpty();
    }

    @Test
    void ofWireName_unknown_saysWhatToUse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Phase.ofWireName("RestartVelero"))
                .withMessage("Phase 'RestartVelero' is unknown to this version of mtc; use the version that wrote it,"
                        + " or a newer one");
    }
}

package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mtc.api.VolumeChoice.Copy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeChoiceTest {

    @Test
    void copy_withoutMore_leavesTheRestToProposals() {
        Copy copy = VolumeChoice.copy();

        assertThat(copy.method()).isEqualTo(CopyMethod.FILESYSTEM);
        assertThat(copy.storageClass()).isEmpty();
        assertThat(copy.accessMode()).isEmpty();
        assertThat(copy.size()).isEmpty();
        assertThat(copy.targetName()).isEmpty();
        assertThat(copy.verification()).isEmpty();
        assertThat(copy).hasToString("Copy[FILESYSTEM]");
    }

    @Test
    void withers_together_keepEachOthersFields() {
        Copy plain = VolumeChoice.copy(CopyMethod.SNAPSHOT);
        Copy copy = plain.verify()
                .rename("files-2")
                .size("1.5Gi")
                .accessMode("ReadWriteMany")
                .storageClass("fast");

        assertThat(copy).hasToString("Copy[SNAPSHOT, class fast, ReadWriteMany, 1.5Gi, as files-2, verified]");
        assertThat(copy.verify().size("2Gi").storageClass("slow"))
                .hasToString("Copy[SNAPSHOT, class slow, ReadWriteMany, 2Gi, as files-2, verified]");
        assertThat(copy.verification()).contains(Verification.FULL);
        assertThat(copy.verify(Verification.SAMPLED))
                .hasToString("Copy[SNAPSHOT, class fast, ReadWriteMany, 1.5Gi, as files-2, verified sampled]");
        assertThat(plain).hasToString("Copy[SNAPSHOT]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0.0Gi", "-1Gi", "20 Gi", "20GB", "big", "1e3"})
    void size_noPositiveQuantity_saysHowToWriteIt(String size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolumeChoice.copy().size(size))
                .withMessage("Size '" + size + "' is not a positive quantity; write it like 20Gi or 500M");
    }

    @Test
    void accessMode_unknown_listsTheKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolumeChoice.copy().accessMode("RWX"))
                .withMessage("Access mode 'RWX' is unknown; use ReadWriteOnce, ReadOnlyMany, ReadWriteMany or"
                        + " ReadWriteOncePod");
    }

    @Test
    void rename_noSubdomain_saysWhatToUse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolumeChoice.copy().rename("Files"))
                .withMessageStartingWith("The claim name 'Files' is not an RFC 1123 subdomain; use ");
    }
}

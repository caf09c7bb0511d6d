package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartSizesTest {

    private static final int MIB = 1024 * 1024;
    private static final long TIB = 1024L * 1024 * MIB;

    @Test
    void first_contentThatFitsIntoAPart_isItsLength() {
        assertThat(PartSizes.of(OptionalLong.of(0)).first()).isZero();
        assertThat(PartSizes.of(OptionalLong.of(5)).first()).isEqualTo(5);
        assertThat(PartSizes.of(OptionalLong.of(8 * MIB)).first()).isEqualTo(8 * MIB);
        assertThat(PartSizes.of(OptionalLong.of(8 * MIB + 1)).first()).isEqualTo(8 * MIB);
        assertThat(PartSizes.of(OptionalLong.empty()).first()).isEqualTo(8 * MIB);
    }

    @Test
    void size_largestObjectOfS3_fitsIntoTheParts() {
        PartSizes sizes = PartSizes.of(OptionalLong.of(5 * TIB));

        assertThat((long) sizes.size(1) * PartSizes.MAX_PARTS).isGreaterThanOrEqualTo(5 * TIB);
        assertThat(sizes.size(PartSizes.MAX_PARTS)).isEqualTo(sizes.size(1));
    }

    @Test
    void size_unknownLength_growsSoThatPartsHoldNearly500GiB() {
        PartSizes sizes = PartSizes.of(OptionalLong.empty());

        assertThat(IntStream.rangeClosed(1, PartSizes.MAX_PARTS)
                        .mapToLong(sizes::size)
                        .sum())
                .isEqualTo(2_000L * 31 * 8 * MIB);
        assertThat(sizes.size(2_000)).isEqualTo(8 * MIB);
        assertThat(sizes.size(2_001)).isEqualTo(16 * MIB);
    }
}

package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.00 kB",
        "999994, 999.99 kB",
        "999995, 1.00 MB",
        "10000000, 10.00 MB",
        "1234567890, 1.23 GB",
        "9223372036854775807, 9.22 EB",
    })
    void format_bytes_usesTheUnitThatFits(long bytes, String text) {
        assertThat(Sizes.format(bytes)).isEqualTo(text);
    }
}

package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

    @ParameterizedTest
    @CsvSource({
        "1, PERMANENT", "2, PERMANENT", "4, PERMANENT", "10, TRANSIENT", "11, USER_FIXABLE", "12, TRANSIENT",
        "23, USER_FIXABLE", "24, TRANSIENT", "30, TRANSIENT", "35, TRANSIENT", "127, USER_FIXABLE", "137, TRANSIENT",
        "143, TRANSIENT", "200, TRANSIENT"
    })
    void of_knownCode_hasItsKind(int code, Kind kind) {
        assertThat(ExitCode.of(code)).map(ExitCode::kind).contains(kind);
    }

    @Test
    void of_unknownCode_isEmpty() {
        assertThat(ExitCode.of(77)).isEmpty();
    }

    @Test
    void words_areStableIdentifiers() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::word))
                .allMatch(word -> word.matches("[A-Z][A-Za-z]+"));
    }
}

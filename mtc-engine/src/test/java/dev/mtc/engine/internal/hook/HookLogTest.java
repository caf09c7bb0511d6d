package dev.mtc.engine.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HookLogTest {

    @Test
    void lines_ofMuchText_areTheLastTwentyCutShort() {
        String text = IntStream.rangeClosed(1, 30)
                .mapToObj(n -> n + " " + "x".repeat(300))
                .collect(Collectors.joining("\n"));

        assertThat(HookLog.lines(text))
                .hasSize(20)
                .allSatisfy(line -> assertThat(line).hasSize(200).endsWith("…"))
                .first()
                .asString()
                .startsWith("11 ");
    }

    @Test
    void lines_withColoursAndControlCharacters_areWithoutThem() {
        assertThat(HookLog.lines("\u001b[0;31mfatal: [localhost]\u001b[0m\r\n\n  \ttask\u0007 failed  \n"))
                .containsExactly("fatal: [localhost]", "   task  failed");
    }

    @Test
    void lines_ofNothing_areNone() {
        assertThat(HookLog.lines("\n \n")).isEmpty();
    }
}

package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a prompt may show says on one line what it is. */
class PrintedTypesTest {

    /** Values of the SPI between the fluent API and the engine that nobody gets at a prompt. */
    private static final Set<Class<?>> NEVER_SHOWN = Set.of(ControllerRequest.class, RunRequest.class);

    static Stream<MigrationEvent> events() {
        Instant at = Instant.EPOCH;
        MigrationResult result = EndedRuns.of("run-1", MigrationResult.Status.SUCCEEDED, at);
        return Stream.of(
                new PhaseStarted("run-1", at, Phase.STARTED, "Prepare", 2, 29),
                new PhaseWaiting("run-1", at, Phase.VERIFICATION, "1 not ready\nsecond line"),
                new PhaseCompleted("run-1", at, Phase.STARTED, Duration.ofMillis(1500)),
                new TransferProgressed(
                        "run-1",
                        at,
                        new Progress.Item(
                                "volume",
                                "shop/data",
                                "running",
                                5,
                                OptionalLong.of(10),
                                OptionalDouble.empty(),
                                null)),
                new Warned("run-1", at, Problem.warning("shop/web", "UnhealthyNamespaces", "not ready", "look")),
                new Ended("run-1", at, result));
    }

    @Test
    void classesAndRecords_withInstances_haveATextOfTheirOwn() throws NoSuchMethodException {
        List<Class<?>> shown = ApiListing.visibleTypes(Plan.class)
                .filter(type -> !type.isInterface() && !type.isEnum() && !Throwable.class.isAssignableFrom(type))
                .filter(type -> !NEVER_SHOWN.contains(type))
                .filter(PrintedTypesTest::hasInstances)
                .toList();

        assertThat(shown).hasSizeGreaterThan(30);
        for (Class<?> type : shown) {
            Method text = type.getMethod("toString");
            assertThat(text.getDeclaringClass()).as("%s.toString()", type).isNotEqualTo(Object.class);
        }
    }

    private static boolean hasInstances(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .anyMatch(method ->
                        Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void events_areOneLineWithTheRun(MigrationEvent event) {
        assertThat(event.toString())
                .startsWith(event.getClass().getSimpleName() + "[")
                .contains("run-1")
                .doesNotContain("\n", "1970-01-01")
                .hasSizeLessThan(200);
    }
}

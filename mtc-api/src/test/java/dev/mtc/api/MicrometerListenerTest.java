package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MigrationListener listener = MicrometerListener.of(meters);

    @Test
    void phases_areTimedByName() {
        listener.onEvent(new PhaseCompleted("a", START, Phase.VERIFICATION, Duration.ofSeconds(4)));
        listener.onEvent(new PhaseCompleted("b", START, Phase.VERIFICATION, Duration.ofSeconds(2)));

        assertThat(meters.get("mtc.phases").tag("phase", "Verification").timer())
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(2))
                .satisfies(
                        timer -> assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(6));
    }

    @Test
    void transferred_growsWithEachItem_andAnAttemptThatBeginsAnewTakesNothingAway() {
        listener.onEvent(moved("a", "volume", "shop/files", 100));
        listener.onEvent(moved("a", "volume", "shop/files", 250));
        listener.onEvent(moved("a", "volume", "shop/files", 50));
        listener.onEvent(moved("a", "volume", "shop/files", 80));
        listener.onEvent(moved("b", "volume", "shop/files", 1000));
        listener.onEvent(moved("a", "image", "old/web:1", 7));
        listener.onEvent(moved("a", "objects", "shop", 12));

        assertThat(bytes("mtc.transferred", "volume")).isEqualTo(250 + 30 + 1000);
        assertThat(bytes("mtc.transferred", "image")).isEqualTo(7);
        assertThat(meters.find("mtc.transferred").tag("kind", "objects").counter())
                .isNull();
    }

    @Test
    void runs_areActiveFromTheirFirstEventToTheirEnd() {
        listener.onEvent(new PhaseStarted("a", START, Phase.STARTED, "Prepare", 1, 30));
        listener.onEvent(new PhaseStarted("b", START, Phase.STARTED, "Prepare", 1, 30));
        assertThat(meters.get("mtc.runs.active").longTaskTimer().activeTasks()).isEqualTo(2);

        listener.onEvent(new Ended("a", START, result("a")));

        assertThat(meters.get("mtc.runs.active").longTaskTimer().activeTasks()).isEqualTo(1);
    }

    @Test
    void runs_areNotActiveAfterTheirEnd_whateverIsStillSaidOfThem() {
        listener.onEvent(new PhaseWaiting("a", START, Phase.VERIFICATION, "2 pods"));
        listener.onEvent(new Ended("a", START, result("a")));

        listener.onEvent(new Warned("a", START, Problem.warning("shop/web", "Note", "is odd", "look at it")));
        listener.onEvent(new PhaseCompleted("a", START, Phase.COMPLETED, Duration.ZERO));
        listener.onEvent(new Ended("a", START, result("a")));

        assertThat(meters.get("mtc.runs.active").longTaskTimer().activeTasks()).isZero();
    }

    @Test
    void end_countsItemsBytesAndProblems() {
        listener.onEvent(new Ended("a", START, result("a")));
        listener.onEvent(new Ended("b", START, result("b")));

        assertThat(meters.get("mtc.runs")
                        .tags("itinerary", "Final", "status", "FAILED")
                        .timer())
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(2))
                .satisfies(
                        timer -> assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(24));
        assertThat(bytes("mtc.moved", "volume")).isEqualTo(2000);
        assertThat(bytes("mtc.moved", "image")).isEqualTo(10);
        assertThat(meters.get("mtc.items")
                        .tags("kind", "object", "action", "CREATED")
                        .counter()
                        .count())
                .isEqualTo(4);
        assertThat(meters.get("mtc.problems")
                        .tags("severity", "WARN", "code", "Note")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("mtc.problems")
                        .tags("severity", "ERROR", "code", "Code")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void tags_nameNoRunPlanOrItem() {
        listener.onEvent(moved("run-a", "volume", "shop/files", 100));
        listener.onEvent(new PhaseCompleted("run-a", START, Phase.VERIFICATION, Duration.ofSeconds(4)));
        listener.onEvent(new Ended("run-a", START, result("run-a")));

        assertThat(meters.getMeters())
                .hasSizeGreaterThan(6)
                .flatExtracting(meter -> meter.getId().getTags())
                .noneMatch(tag ->
                        tag.getValue().contains("run-a") || tag.getValue().contains("shop"));
        assertThat(listener).hasToString("Listener[micrometer SimpleMeterRegistry]");
    }

    private double bytes(String name, String kind) {
        return meters.get(name).tag("kind", kind).counter().count();
    }

    private static TransferProgressed moved(String run, String kind, String name, long bytes) {
        return new TransferProgressed(
                run,
                START,
                new Progress.Item(kind, name, "running", bytes, OptionalLong.of(10_000), OptionalDouble.empty(), null));
    }

    private static MigrationResult result(String run) {
        return new MigrationResult(
                run,
                "shop",
                "Final",
                MigrationResult.Status.FAILED,
                List.of(
                        new ItemOutcome("object", "services shop/web", ItemOutcome.Action.CREATED, 0, 0, "", null),
                        new ItemOutcome("object", "services shop/db", ItemOutcome.Action.CREATED, 0, 0, "", null),
                        new ItemOutcome("volume", "shop/files", ItemOutcome.Action.COPIED, 1000, 9000, "", null),
                        new ItemOutcome("image", "old/web:1", ItemOutcome.Action.COPIED, 5, 5, "", null)),
                List.of(Problem.warning("shop/web", "Note", "is odd", "look at it")),
                List.of(Problem.error("shop/db", "Code", "is bad", "mend it")),
                START,
                START.plusSeconds(12),
                null,
                List.of(),
                null);
    }
}

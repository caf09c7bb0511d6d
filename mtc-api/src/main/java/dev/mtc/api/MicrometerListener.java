package dev.mtc.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times runs with Micrometer. It needs {@code io.micrometer:micrometer-core}, which mtc does not bring along; who
 * does not use this class needs none. One listener is for any number of runs, at the same time too. Names of runs, plans and
 * items are no tags, so the number of time series does not grow with them.
 *
 * <ul>
 *   <li>{@code mtc.runs}, timer: runs that ended, by {@code itinerary} and {@code status}
 *   <li>{@code mtc.runs.active}, long task timer: runs that are under way
 *   <li>{@code mtc.phases}, timer: phases that are done, by {@code phase}
 *   <li>{@code mtc.transferred}, counter of bytes: how far images and volumes are, by {@code kind}; grows while they are
 *       copied, and counts what was found on the target and left as it is
 *   <li>{@code mtc.moved}, counter of bytes: what crossed the network, by {@code kind}; grows when a run ends
 *   <li>{@code mtc.items}, counter: what became of objects, images, volumes and hooks, by {@code kind} and {@code action}
 *   <li>{@code mtc.problems}, counter: warnings and errors of runs that ended, by {@code severity} and {@code code}
 * </ul>
 *
 * @since 0.1
 */
public final class MicrometerListener implements MigrationListener {

    /** What is measured in bytes. */
    private static final Set<String> DATA = Set.of("image", "volume");

    private final MeterRegistry meters;
    private final Map<String, Active> active = new ConcurrentHashMap<>();

    /** A run that is under way: bytes by item. */
    private record Active(LongTaskTimer.Sample time, Map<String, Long> transferred) {}

    private MicrometerListener(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * {@return a listener that measures with this registry}
     *
     * @param meters where the meters are made; never closed
     */
    public static MicrometerListener of(MeterRegistry meters) {
        return new MicrometerListener(Objects.requireNonNull(meters, "meters"));
    }

    @Override
    public void onEvent(MigrationEvent event) {
        if (event instanceof PhaseStarted || event instanceof PhaseWaiting) {
            underWay(event);
        } else if (event instanceof PhaseCompleted completed) {
            Timer.builder("mtc.phases")
                    .description("Phases that are done")
                    .tag("phase", completed.phase().toString())
                    .register(meters)
                    .record(completed.took());
        } else if (event instanceof TransferProgressed moved) {
            transferred(underWay(event), moved.item());
        } else if (event instanceof Ended ended) {
            Active run = active.remove(event.runId());
            if (run != null) {
                run.time().stop();
            }
            ended(ended.result());
        }
    }

    /** What says that something is over, or is a note, begins no run: nobody would end one that had ended before. */
    private Active underWay(MigrationEvent event) {
        return active.computeIfAbsent(event.runId(), id -> new Active(start(), new HashMap<>()));
    }

    private LongTaskTimer.Sample start() {
        return LongTaskTimer.builder("mtc.runs.active")
                .description("Runs that are under way")
                .register(meters)
                .start();
    }

    /** An attempt that begins anew counts from where it is. */
    private void transferred(Active run, Progress.Item item) {
        if (!DATA.contains(item.kind())) {
            return;
        }
        Long before = run.transferred().put(item.kind() + " " + item.name(), item.transferredBytes());
        long more = item.transferredBytes() - (before == null ? 0 : before);
        if (more > 0) {
            bytes("mtc.transferred", "How far images and volumes are", item.kind(), more);
        }
    }

    private void ended(MigrationResult result) {
        Timer.builder("mtc.runs")
                .description("Runs that ended")
                .tags("itinerary", result.itinerary(), "status", result.status().name())
                .register(meters)
                .record(result.took());
        for (ItemOutcome item : result.items()) {
            if (DATA.contains(item.kind())) {
                bytes("mtc.moved", "What crossed the network", item.kind(), item.movedBytes());
            }
            Counter.builder("mtc.items")
                    .description("What became of objects, images, volumes and hooks")
                    .tags("kind", item.kind(), "action", item.action().name())
                    .register(meters)
                    .increment();
        }
        problems(result.warnings());
        problems(result.errors());
    }

    private void problems(List<Problem> problems) {
        for (Problem problem : problems) {
            Counter.builder("mtc.problems")
                    .description("Warnings and errors of runs that ended")
                    .tags("severity", problem.severity().name(), "code", problem.code())
                    .register(meters)
                    .increment();
        }
    }

    private void bytes(String name, String description, String kind, long bytes) {
        Counter.builder(name)
                .description(description)
                .baseUnit("bytes")
                .tag("kind", kind)
                .register(meters)
                .increment((double) bytes);
    }

    @Override
    public String toString() {
        return "Listener[micrometer " + meters.getClass().getSimpleName() + "]";
    }
}

package dev.mtc.api;

import dev.mtc.api.ItemOutcome.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended and what became of everything it touched.
 *
 * @param runId the run
 * @param planName its plan
 * @param itinerary MTC's name of the first itinerary, for example {@code Final}
 * @param status how it ended
 * @param items every object, image, volume and hook
 * @param warnings what was survived
 * @param errors what failed
 * @param started when it began
 * @param ended when it ended
 * @param sourceQuiesced when the applications of the source were asked to stop, or null if they were not
 * @param phases when which phase was worked on, in this order
 * @param downtime how long a cut-over stopped the applications, or null if it stopped none or did not start them again
 * @since 0.1
 */
public record MigrationResult(
        String runId,
        String planName,
        String itinerary,
        Status status,
        List<ItemOutcome> items,
        List<Problem> warnings,
        List<Problem> errors,
        Instant started,
        Instant ended,
        @Nullable Instant sourceQuiesced,
        List<PhaseTime> phases,
        @Nullable Downtime downtime) {

    private static final Set<String> MOVED = Set.of("image", "volume");

    /** How a run ended. */
    public enum Status {
        /** Everything was carried over. */
        SUCCEEDED,
        /** It went through, but there is something to look at. */
        SUCCEEDED_WITH_WARNINGS,
        /** It failed; the errors say why. */
        FAILED,
        /** It was canceled. */
        CANCELED
    }

    public MigrationResult {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
        errors = List.copyOf(errors);
        phases = List.copyOf(phases);
    }

    /** {@return how long it took} */
    public Duration took() {
        return Duration.between(started, ended);
    }

    /** {@return whether everything was on the target and equal, so that nothing was changed or moved} */
    public boolean isNoOp() {
        return (status == Status.SUCCEEDED || status == Status.SUCCEEDED_WITH_WARNINGS)
                && items.stream()
                        .noneMatch(i -> i.movedBytes() > 0
                                || !(i.action() == Action.UNCHANGED || i.action() == Action.SKIPPED));
    }

    /**
     * {@return this result if the run succeeded without warnings}
     *
     * @throws MigrationFailedException if it failed or has warnings
     * @throws MigrationCanceledException if it was canceled
     */
    public MigrationResult requireClean() {
        requireSuccess();
        if (status != Status.SUCCEEDED) {
            throw new MigrationFailedException(
                    Remedy.INSPECT, "Run " + runId + " ended with warnings:" + lines(warnings), this);
        }
        return this;
    }

    /**
     * {@return this result if the run succeeded, with or without warnings}
     *
     * @throws MigrationFailedException if it failed
     * @throws MigrationCanceledException if it was canceled
     */
    public MigrationResult requireSuccess() {
        if (status == Status.CANCELED) {
            throw new MigrationCanceledException("Run " + runId
                    + " was canceled; the source runs as before, what was copied to the target stays there");
        }
        if (status == Status.FAILED) {
            throw new MigrationFailedException(Remedy.ROLL_BACK, "Run " + runId + " failed:" + lines(errors), this);
        }
        return this;
    }

    /** {@return all of it as text, JSON or a page for the browser} */
    public MigrationReport report() {
        return new MigrationReport(this);
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(p -> "\n  " + p).collect(Collectors.joining());
    }

    private String counts(String kind, String plural) {
        List<ItemOutcome> some =
                items.stream().filter(i -> i.kind().equals(kind)).toList();
        if (some.isEmpty()) {
            return "";
        }
        String actions = some.stream()
                .collect(Collectors.groupingBy(ItemOutcome::action, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
        long moved = some.stream().mapToLong(ItemOutcome::movedBytes).sum();
        return "; " + plural + ": " + actions + (MOVED.contains(kind) ? " (" + Sizes.format(moved) + " moved)" : "");
    }

    @Override
    public String toString() {
        return "Result[" + runId + " " + status + (isNoOp() ? ", nothing to do" : "") + " in "
                + took().toMillis() / 1000.0 + " s" + counts("object", "objects") + counts("image", "images")
                + counts("volume", "volumes") + counts("hook", "hooks")
                + (warnings.isEmpty() ? "" : "; " + Counts.of(warnings.size(), "warning"))
                + (errors.isEmpty() ? "" : "; " + Counts.of(errors.size(), "error")) + "]";
    }
}

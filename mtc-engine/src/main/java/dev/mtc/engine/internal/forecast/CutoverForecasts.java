package dev.mtc.engine.internal.forecast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.CutoverForecast;
import dev.mtc.api.CutoverForecast.Span;
import dev.mtc.api.CutoverForecast.Volume;
import dev.mtc.api.Downtime;
import dev.mtc.api.HookPoint;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.PlannedHook;
import dev.mtc.api.Side;
import dev.mtc.api.StateStore;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.Outage;
import dev.mtc.engine.internal.run.ProgressLines;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.VolumeTransfers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes forecasts of cut-overs that stop the applications. Changes nothing. */
public final class CutoverForecasts {

    private static final Set<String> OVER = Set.of("Succeeded", "Failed");
    private static final Set<HookPoint> INSIDE = EnumSet.of(HookPoint.POST_BACKUP, HookPoint.PRE_RESTORE);
    private static final long USUAL_GRACE = 30;

    /** How much longer or shorter than reading objects it may take to apply them. */
    private static final int APPLYING = 3;

    private final RunContext context;
    private final MeasuredPasses measured;
    private final List<String> basis = new ArrayList<>();

    private CutoverForecasts(RunContext context, StateStore store) {
        this.context = context;
        this.measured = MeasuredPasses.of(store, context.plan().name());
    }

    /**
     * {@return the forecast of a cut-over that begins now}
     *
     * @param store where earlier runs of the plan were kept
     * @param reading how long it took to read and compare all objects, null if that was not measured
     */
    public static CutoverForecast of(RunContext context, StateStore store, @Nullable Duration reading) {
        return new CutoverForecasts(context, store).forecast(reading);
    }

    private CutoverForecast forecast(@Nullable Duration reading) {
        List<PlannedVolume> planned = PlannedVolumes.find(context);
        List<Volume> volumes = volumes(planned);
        if (planned.stream().anyMatch(PlannedVolume::isMoved)) {
            basis.add("moved volumes have to be detached from the source's nodes, which was not measured");
        }
        Span copies = copies(volumes);
        Span rest = rest(reading);
        Span window = copies == null || rest == null ? null : copies.plus(rest);
        if (window != null) {
            basis.add("the target's pods are started, but not waited for");
        }
        return new CutoverForecast(volumes, copies, window, basis);
    }

    private List<Volume> volumes(List<PlannedVolume> planned) {
        TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
        List<Volume> volumes = new ArrayList<>();
        for (PlannedVolume volume : planned) {
            Optional<ObjectNode> target = volume.hasDataToCopy() ? claims.find(volume.target()) : Optional.empty();
            if (volume.hasDataToCopy() && target.flatMap(claims::handedOverBy).isEmpty()) {
                List<MeasuredPass> passes =
                        target.map(claim -> measured.over(volume, claim)).orElse(List.of());
                boolean compared =
                        volume.copy().flatMap(VolumeChoice.Copy::verification).isPresent();
                volumes.add(new RemainingDelta(volume.source().toString(), passes, compared)
                        .at(context.clock().instant()));
            }
        }
        return volumes;
    }

    private @Nullable Span copies(List<Volume> volumes) {
        if (volumes.isEmpty()) {
            basis.add("no data of volumes is to be copied");
            return new Span(Duration.ZERO, Duration.ZERO);
        }
        List<String> unknown = volumes.stream()
                .filter(volume -> volume.takes() == null)
                .map(Volume::name)
                .toList();
        if (unknown.size() == volumes.size()) {
            basis.add("no stage was measured: run one, and preview with its state");
            return null;
        } else if (!unknown.isEmpty()) {
            basis.add("no pass over " + String.join(", ", unknown) + " was measured: run a stage");
            return null;
        }
        if (volumes.size() > 1) {
            basis.add("volumes are copied " + VolumeTransfers.AT_ONCE + " at a time");
        }
        return new Span(together(volumes, Span::least), together(volumes, Span::most));
    }

    private static Duration together(List<Volume> volumes, Function<Span, Duration> end) {
        return Lanes.total(
                volumes.stream()
                        .map(Volume::takes)
                        .map(Objects::requireNonNull)
                        .map(end)
                        .toList(),
                VolumeTransfers.AT_ONCE);
    }

    /** Everything but the volumes: as earlier cut-overs measured it, or else from what can be seen now. */
    private @Nullable Span rest(@Nullable Duration reading) {
        List<Duration> earlier = measured.runs().stream()
                .flatMap(run -> Outage.of(run).downtime().stream())
                .map(CutoverForecasts::withoutVolumes)
                .sorted()
                .toList();
        if (!earlier.isEmpty()) {
            Duration least = earlier.get(0);
            Duration most = earlier.get(earlier.size() - 1);
            basis.add("stopping, hooks and objects took " + new Span(least, most) + " in " + earlier.size()
                    + " earlier cut-over" + (earlier.size() == 1 ? "" : "s"));
            double doubt = 1 + 1.0 / (earlier.size() + 1);
            return new Span(scaled(least, 1 / doubt), scaled(most, doubt));
        }
        Span stopping = stopping();
        Span objects = objects(reading);
        String hooks = context.plan().hooks().stream()
                .map(PlannedHook::point)
                .filter(INSIDE::contains)
                .map(HookPoint::wireName)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!hooks.isEmpty()) {
            basis.add("how long hooks take was not measured, so there is no figure for all: " + hooks);
            return null;
        }
        return stopping == null || objects == null ? null : stopping.plus(objects);
    }

    private static Duration withoutVolumes(Downtime downtime) {
        Duration rest = downtime.took().minus(downtime.volumes());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }

    private @Nullable Span objects(@Nullable Duration reading) {
        if (reading == null) {
            basis.add("how long objects take was not measured");
            return null;
        }
        basis.add("reading and comparing objects took " + ProgressLines.duration(reading)
                + " just now; applying them is counted as a third of that to three times that");
        long millis = reading.toMillis();
        return new Span(Duration.ofMillis(millis / APPLYING), Duration.ofMillis(millis * APPLYING));
    }

    private @Nullable Span stopping() {
        try {
            List<ObjectNode> pods = context.plan().namespaces().stream()
                    .map(NamespaceMapping::source)
                    .flatMap(namespace ->
                            context.server(Side.SOURCE).list("/api/v1/namespaces/" + namespace + "/pods", "").stream())
                    .filter(pod ->
                            !OVER.contains(pod.path("status").path("phase").asText()) && !Labels.isTool(pod))
                    .toList();
            long grace = pods.stream()
                    .mapToLong(pod -> pod.path("spec")
                            .path("terminationGracePeriodSeconds")
                            .asLong(USUAL_GRACE))
                    .max()
                    .orElse(0);
            basis.add(pods.size() + " pods of the source are given at most " + grace + "s to stop");
            return new Span(Duration.ZERO, Duration.ofSeconds(grace));
        } catch (ClusterAccessException e) {
            if (e.status() != 403) {
                throw e;
            }
            basis.add("how long the source takes to stop cannot be seen: " + e.getMessage());
            return null;
        }
    }
}

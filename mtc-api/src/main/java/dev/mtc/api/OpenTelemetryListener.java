package dev.mtc.api;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Traces runs with OpenTelemetry: a span for each run and within it one for each phase, warnings as events of the run's span. It
 * needs {@code io.opentelemetry:opentelemetry-api}, which mtc does not bring along; who does not use this class needs none.
 * One listener is for any number of runs, at the same time too.
 *
 * <p>A run's span has the attributes {@code mtc.run} and, from its end on, {@code mtc.plan}, {@code mtc.itinerary} and {@code
 * mtc.status}; that of a phase has {@code mtc.step}. Spans of what failed have the status error.
 *
 * @since 0.1
 */
public final class OpenTelemetryListener implements MigrationListener {

    private static final AttributeKey<String> RUN = AttributeKey.stringKey("mtc.run");
    private static final AttributeKey<String> PLAN = AttributeKey.stringKey("mtc.plan");
    private static final AttributeKey<String> ITINERARY = AttributeKey.stringKey("mtc.itinerary");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("mtc.status");
    private static final AttributeKey<String> STEP = AttributeKey.stringKey("mtc.step");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("mtc.code");
    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("mtc.message");

    private final Tracer tracer;
    private final Context parent;
    private final Map<String, Traced> runs = new ConcurrentHashMap<>();

    /** A run's span and that of the phase that it is in. */
    private static final class Traced {
        private final Span run;
        private @Nullable Span phase;

        private Traced(Span run) {
            this.run = run;
        }

        private void endPhase(Instant at) {
            if (phase != null) {
                phase.end(at);
                phase = null;
            }
        }
    }

    private OpenTelemetryListener(Tracer tracer, Context parent) {
        this.tracer = tracer;
        this.parent = parent;
    }

    /**
     * {@return a listener that traces with this; the span that is current here is the parent of runs}
     *
     * @param telemetry where the spans are made; never closed
     */
    public static OpenTelemetryListener of(OpenTelemetry telemetry) {
        return new OpenTelemetryListener(
                Objects.requireNonNull(telemetry, "telemetry").getTracer("dev.mtc"), Context.current());
    }

    @Override
    public void onEvent(MigrationEvent event) {
        Traced traced = runs.computeIfAbsent(event.runId(), id -> new Traced(run(id, event.at())));
        if (event instanceof PhaseStarted started) {
            traced.endPhase(event.at());
            traced.phase = tracer.spanBuilder(started.phase().toString())
                    .setParent(parent.with(traced.run))
                    .setStartTimestamp(event.at())
                    .setAttribute(STEP, started.step())
                    .startSpan();
        } else if (event instanceof PhaseCompleted) {
            traced.endPhase(event.at());
        } else if (event instanceof Warned warned) {
            Problem problem = warned.problem();
            traced.run.addEvent(
                    "warning", Attributes.of(CODE, problem.code(), MESSAGE, problem.toString()), event.at());
        } else if (event instanceof Ended ended) {
            runs.remove(event.runId());
            end(traced, ended);
        }
    }

    private Span run(String id, Instant at) {
        return tracer.spanBuilder("mtc migration")
                .setParent(parent)
                .setStartTimestamp(at)
                .setAttribute(RUN, id)
                .startSpan();
    }

    private static void end(Traced traced, Ended ended) {
        MigrationResult result = ended.result();
        traced.run
                .setAttribute(PLAN, result.planName())
                .setAttribute(ITINERARY, result.itinerary())
                .setAttribute(STATUS, result.status().name());
        if (result.status() == MigrationResult.Status.FAILED) {
            String why = result.errors().isEmpty() ? "" : result.errors().get(0).toString();
            traced.run.setStatus(StatusCode.ERROR, why);
            if (traced.phase != null) {
                traced.phase.setStatus(StatusCode.ERROR, why);
            }
        }
        traced.endPhase(ended.at());
        traced.run.end(ended.at());
    }

    @Override
    public String toString() {
        return "Listener[opentelemetry]";
    }
}

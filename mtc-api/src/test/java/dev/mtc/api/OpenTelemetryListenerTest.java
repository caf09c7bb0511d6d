package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryListenerTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final List<SpanData> spans = new ArrayList<>();
    private final SdkTracerProvider tracers = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Recorder()))
            .build();

    private final OpenTelemetry telemetry = new OpenTelemetry() {
        @Override
        public TracerProvider getTracerProvider() {
            return tracers;
        }

        @Override
        public ContextPropagators getPropagators() {
            return ContextPropagators.noop();
        }
    };

    @AfterEach
    void close() {
        tracers.close();
    }

    @Test
    void run_isASpan_withAChildForEachPhase_atTheTimesOfTheEvents() {
        MigrationListener listener = OpenTelemetryListener.of(telemetry);

        listener.onEvent(new PhaseStarted("a", START, Phase.STARTED, "Prepare", 1, 30));
        listener.onEvent(new PhaseCompleted("a", START.plusSeconds(1), Phase.STARTED, Duration.ofSeconds(1)));
        listener.onEvent(new PhaseStarted("a", START.plusSeconds(2), Phase.VERIFICATION, "Cleanup", 2, 30));
        listener.onEvent(
                new Warned("a", START.plusSeconds(3), Problem.warning("shop/web", "Note", "is odd", "look at it")));
        listener.onEvent(new PhaseCompleted("a", START.plusSeconds(5), Phase.VERIFICATION, Duration.ofSeconds(3)));
        listener.onEvent(new Ended("a", START.plusSeconds(6), result(MigrationResult.Status.SUCCEEDED_WITH_WARNINGS)));

        assertThat(spans).extracting(SpanData::getName).containsExactly("Started", "Verification", "mtc migration");
        SpanData run = spans.get(2);
        assertThat(run.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("mtc.run"), "a")
                .containsEntry(AttributeKey.stringKey("mtc.plan"), "shop")
                .containsEntry(AttributeKey.stringKey("mtc.itinerary"), "Final")
                .containsEntry(AttributeKey.stringKey("mtc.status"), "SUCCEEDED_WITH_WARNINGS");
        assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(run.getEvents()).singleElement().satisfies(event -> assertThat(
                        event.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("mtc.code"), "Note"));
        assertThat(lasted(run)).isEqualTo(Duration.ofSeconds(6));
        assertThat(lasted(spans.get(1))).isEqualTo(Duration.ofSeconds(3));
        assertThat(spans.subList(0, 2))
                .allSatisfy(phase -> assertThat(phase.getParentSpanId()).isEqualTo(run.getSpanId()));
        assertThat(spans.get(1).getAttributes().get(AttributeKey.stringKey("mtc.step")))
                .isEqualTo("Cleanup");
    }

    @Test
    void failure_isTheStatusOfTheRunAndOfThePhaseThatItWasIn() {
        MigrationListener listener = OpenTelemetryListener.of(telemetry);

        listener.onEvent(new PhaseStarted("a", START, Phase.STARTED, "Prepare", 1, 30));
        listener.onEvent(new PhaseStarted("a", START.plusSeconds(1), Phase.VERIFICATION, "Cleanup", 2, 30));
        listener.onEvent(new Ended("a", START.plusSeconds(2), result(MigrationResult.Status.FAILED)));

        assertThat(spans)
                .extracting(span -> span.getName() + " " + span.getStatus().getStatusCode())
                .containsExactly("Started UNSET", "Verification ERROR", "mtc migration ERROR");
        assertThat(spans.get(2).getStatus().getDescription()).isEqualTo("shop/db: Code: is bad; mend it");
    }

    @Test
    void runs_atTheSameTime_areSpansOfTheirOwn_belowTheSpanOfWhoMadeTheListener() {
        Span caller = tracers.get("test").spanBuilder("caller").startSpan();
        MigrationListener listener;
        try (Scope scope = caller.makeCurrent()) {
            assertThat(scope).isNotNull();
            listener = OpenTelemetryListener.of(telemetry);
        }

        listener.onEvent(new PhaseStarted("a", START, Phase.STARTED, "Prepare", 1, 30));
        listener.onEvent(new PhaseStarted("b", START, Phase.STARTED, "Prepare", 1, 30));
        listener.onEvent(new Ended("a", START.plusSeconds(2), result(MigrationResult.Status.SUCCEEDED)));
        listener.onEvent(new Ended("b", START.plusSeconds(2), result(MigrationResult.Status.SUCCEEDED)));

        List<SpanData> runs = spans.stream()
                .filter(span -> span.getName().equals("mtc migration"))
                .toList();
        assertThat(runs).hasSize(2).allSatisfy(run -> assertThat(run.getParentSpanId())
                .isEqualTo(caller.getSpanContext().getSpanId()));
        assertThat(spans)
                .filteredOn(span -> span.getName().equals("Started"))
                .extracting(SpanData::getParentSpanId)
                .containsExactlyElementsOf(
                        runs.stream().map(SpanData::getSpanId).toList());
    }

    private static Duration lasted(SpanData span) {
        return Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos());
    }

    private static MigrationResult result(MigrationResult.Status status) {
        return EndedRuns.of("a", status, START);
    }

    /** Keeps spans in the order of their ends. */
    private final class Recorder implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess().join(1, TimeUnit.SECONDS);
        }
    }
}

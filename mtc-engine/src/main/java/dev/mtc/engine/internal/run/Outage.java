package dev.mtc.engine.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.mtc.api.CutoverForecast;
import dev.mtc.api.Downtime;
import dev.mtc.api.model.v1alpha1.MigMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a run has stopped the applications for, and what was forecast. Kept in an annotation of its MigMigration, so that it
 * outlives this process and serves later forecasts. Thread-safe; what is said twice counts the first time.
 */
public final class Outage {

    private static final String KEPT = "work.mtc.dev/downtime";
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable Instant stopped;
    private @Nullable Instant started;
    private Duration volumes = Duration.ZERO;
    private CutoverForecast forecast = CutoverForecast.NONE;

    private Outage() {}

    /** {@return what a run has kept; what cannot be read was not measured} */
    public static Outage of(MigMigration migration) {
        Outage outage = new Outage();
        Map<String, String> annotations = migration.getMetadata().getAnnotations();
        String kept = annotations == null ? null : annotations.get(KEPT);
        if (kept != null) {
            try {
                outage.read(JSON.readTree(kept));
            } catch (JsonProcessingException | RuntimeException e) {
                LOG.debug("Not a downtime: {}", kept, e);
                return new Outage();
            }
        }
        return outage;
    }

    private void read(JsonNode json) {
        stopped = instant(json.path("stopped"));
        started = instant(json.path("started"));
        volumes = Duration.ofMillis(json.path("volumesMillis").asLong());
        if (json.has("forecast")) {
            forecast = CutoverForecast.fromJson(json.path("forecast").toString());
        }
    }

    private static @Nullable Instant instant(JsonNode json) {
        return json.isTextual() ? Instant.parse(json.asText()) : null;
    }

    /** {@return whether the source was asked to stop} */
    public synchronized boolean isStopped() {
        return stopped != null;
    }

    /** Notes that the source is asked to stop. */
    public synchronized void stopped(Instant at, CutoverForecast expected) {
        if (stopped == null) {
            stopped = at;
            forecast = expected;
        }
    }

    /** Notes that the target was started, and how long volumes took before. */
    public synchronized void started(Instant at, Duration volumesTook) {
        if (stopped != null && started == null) {
            started = at;
            volumes = volumesTook;
        }
    }

    synchronized @Nullable Instant stoppedAt() {
        return stopped;
    }

    /** {@return how long it was, if it was measured and is over} */
    public synchronized Optional<Downtime> downtime() {
        return stopped == null || started == null
                ? Optional.empty()
                : Optional.of(new Downtime(stopped, started, volumes, forecast));
    }

    /** Writes it down; saying so again changes nothing. */
    synchronized void keep(MigMigration migration) {
        if (stopped == null) {
            return;
        }
        ObjectNode json = JSON.createObjectNode().put("stopped", stopped.toString());
        if (started != null) {
            json.put("started", started.toString()).put("volumesMillis", volumes.toMillis());
        }
        if (!forecast.equals(CutoverForecast.NONE)) {
            json.putRawValue("forecast", new RawValue(forecast.toJson()));
        }
        Map<String, String> annotations = new HashMap<>(migration.getMetadata().getAnnotations());
        annotations.put(KEPT, json.toString());
        migration.getMetadata().setAnnotations(annotations);
    }
}

package dev.mtc.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.CutoverForecast.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads forecasts as JSON; {@link CutoverForecast#toJson} says which fields there are. */
final class ForecastJson {

    private ForecastJson() {}

    static ObjectNode write(CutoverForecast forecast) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode volumes = json.putArray("volumes");
        for (CutoverForecast.Volume volume : forecast.volumes()) {
            ObjectNode node = volumes.addObject()
                    .put("name", volume.name())
                    .put("passes", volume.passes())
                    .put("leastBytes", volume.leastBytes())
                    .put("mostBytes", volume.mostBytes());
            put(node, "takes", volume.takes());
            node.put("basis", volume.basis());
        }
        put(json, "volumesTake", forecast.volumesTake());
        put(json, "window", forecast.window());
        ArrayNode basis = json.putArray("basis");
        forecast.basis().forEach(basis::add);
        return json;
    }

    private static void put(ObjectNode json, String field, @Nullable Span span) {
        if (span != null) {
            json.putObject(field)
                    .put("leastMillis", span.least().toMillis())
                    .put("mostMillis", span.most().toMillis());
        }
    }

    static CutoverForecast read(JsonNode json) {
        List<CutoverForecast.Volume> volumes = new ArrayList<>();
        json.path("volumes")
                .forEach(volume -> volumes.add(new CutoverForecast.Volume(
                        volume.path("name").asText(),
                        volume.path("passes").asInt(),
                        volume.path("leastBytes").asLong(-1),
                        volume.path("mostBytes").asLong(-1),
                        span(volume.path("takes")),
                        volume.path("basis").asText())));
        List<String> basis = new ArrayList<>();
        json.path("basis").forEach(sentence -> basis.add(sentence.asText()));
        return new CutoverForecast(volumes, span(json.path("volumesTake")), span(json.path("window")), basis);
    }

    private static @Nullable Span span(JsonNode json) {
        return json.isObject()
                ? new Span(
                        Duration.ofMillis(json.path("leastMillis").asLong()),
                        Duration.ofMillis(json.path("mostMillis").asLong()))
                : null;
    }
}

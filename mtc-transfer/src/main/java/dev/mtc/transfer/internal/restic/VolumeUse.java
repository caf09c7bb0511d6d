package dev.mtc.transfer.internal.restic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who used what is stored of a volume last. As long as this is there the plan has the volume.
 *
 * @param run the run
 * @param at when it began to
 */
record VolumeUse(String run, Instant at) {

    private static final ObjectMapper JSON = new ObjectMapper();

    void write(ObjectStore store, VolumePlace place) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(Map.of("run", run, "used", at.toString()));
            store.put(place.use(), Content.of(bytes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return what is noted, empty if nothing is; one that cannot be read counts as old} */
    static Optional<VolumeUse> read(ObjectStore store, VolumePlace place) {
        if (store.stat(place.use()).isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = store.open(place.use(), 0)) {
            JsonNode json = JSON.readTree(in);
            return Optional.of(new VolumeUse(
                    json.path("run").asText(), Instant.parse(json.path("used").asText())));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.of(new VolumeUse("", Instant.EPOCH));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + place.use() + " in " + store.description() + ": " + e, e);
        }
    }
}

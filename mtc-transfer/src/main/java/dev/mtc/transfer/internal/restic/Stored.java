package dev.mtc.transfer.internal.restic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.transfer.internal.pods.PodReport;
import java.util.List;

/**
 * What the first half of a transfer left in the repository.
 *
 * @param snapshot the id of the snapshot of the volume
 * @param description the id of the one that tells what is in it
 * @param addedBytes what the repository did not have
 * @param totalBytes the size of the volume's files
 * @param warnings what was survived
 */
record Stored(String snapshot, String description, long addedBytes, long totalBytes, List<String> warnings) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Stored {
        warnings = List.copyOf(warnings);
    }

    static Stored of(PodReport report, List<String> warnings) {
        return new Stored(
                report.text("snapshot"),
                report.text("description"),
                report.number("added"),
                report.number("total"),
                warnings);
    }

    static Stored parse(String json) {
        try {
            return JSON.readValue(json, Stored.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A Secret of a transfer tells of no snapshot: " + json, e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

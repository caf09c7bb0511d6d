package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.engine.internal.run.StoredPlan;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The captures of plans in a repository. Backups that Velero wrote into the same bucket are none. */
final class BackupSurvey {

    /**
     * A capture.
     *
     * @param name the run's
     * @param plan what the plan is called in the repository, null if the description is not there or cannot be read
     * @param started when capturing began, or when it was written if that is not known
     * @param written when something of it was last written
     * @param sizeBytes all of it
     * @param sha256 of its archive, empty if it is not known
     * @param fault why the description cannot be read, null if it can or is not there
     */
    record Backup(
            String name,
            @Nullable String plan,
            Instant started,
            Instant written,
            long sizeBytes,
            String sha256,
            @Nullable String fault) {}

    private static final class Files {
        private long bytes;
        private Instant written = Instant.EPOCH;
        private boolean described;
        private boolean reported;

        private void add(ObjectStat file) {
            bytes += file.sizeBytes();
            written = file.modified().isAfter(written) ? file.modified() : written;
            described |= file.key().endsWith(BackupLocation.DESCRIPTION);
            reported |= file.key().endsWith(BackupLocation.REPORT);
        }
    }

    private final ObjectStore store;

    private BackupSurvey(ObjectStore store) {
        this.store = store;
    }

    /** {@return all captures, those of a plan that began last first} */
    static List<Backup> of(ObjectStore store) {
        return new BackupSurvey(store).backups();
    }

    private List<Backup> backups() {
        Map<String, Files> all = new LinkedHashMap<>();
        try (Stream<ObjectStat> files = store.list(BackupLocation.ROOT)) {
            files.forEach(file -> {
                String rest = file.key().substring(BackupLocation.ROOT.length());
                if (rest.contains("/")) {
                    String name = rest.substring(0, rest.indexOf('/'));
                    all.computeIfAbsent(name, key -> new Files()).add(file);
                }
            });
        }
        List<Backup> backups = new ArrayList<>();
        all.forEach((name, files) -> backup(name, files).ifPresent(backups::add));
        backups.sort(Comparator.comparing(Backup::started).reversed());
        return backups;
    }

    private Optional<Backup> backup(String name, Files files) {
        Optional<JsonNode> description = Optional.empty();
        String fault = null;
        if (files.described) {
            try {
                description = description(name);
            } catch (JsonProcessingException e) {
                fault = "it is no JSON: " + e.getOriginalMessage();
            }
        }
        String planUid = description
                .map(json -> Json.text(json, "metadata", "labels", Marks.PLAN))
                .orElse("");
        // what Velero wrote has neither the label nor our report
        if (planUid.isEmpty() && !files.reported) {
            return Optional.empty();
        }
        JsonNode json = description.orElseGet(Json::newObject);
        String told = Json.text(json, "metadata", "annotations", BackupDescription.STORED_PLAN);
        return Optional.of(new Backup(
                name,
                planUid.isEmpty() ? null : told.isEmpty() ? StoredPlan.piece(planUid) : told,
                started(json, files.written),
                files.written,
                files.bytes,
                Json.text(json, "metadata", "annotations", BackupDescription.CHECKSUM),
                fault));
    }

    private static Instant started(JsonNode description, Instant otherwise) {
        try {
            return Instant.parse(Json.text(description, "status", "startTimestamp"));
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /** Empty if a run has just deleted it. */
    private Optional<JsonNode> description(String name) throws JsonProcessingException {
        String key = BackupLocation.ROOT + name + BackupLocation.DESCRIPTION;
        try (InputStream content = store.open(key, 0)) {
            return Optional.of(Json.read(content.readAllBytes()));
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new StorageAccessException(
                    Remedy.RETRY, "Cannot read " + key + " in " + store.description() + ": " + e + "; try again", e);
        } catch (StorageAccessException e) {
            if (store.stat(key).isEmpty()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

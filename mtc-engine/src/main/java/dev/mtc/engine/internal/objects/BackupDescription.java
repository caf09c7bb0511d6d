package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.engine.internal.run.StoredPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/**
 * What Velero's Backup resource says of a capture.
 *
 * @param name the backup's name
 * @param plan what was captured
 * @param settings whose uids mark it
 * @param started when capturing began
 * @param completed when it ended
 */
public record BackupDescription(String name, Plan plan, RestoreSettings settings, Instant started, Instant completed) {

    static final String CHECKSUM = "migration.openshift.io/archive-sha256";

    /** What the plan is called in its repository. */
    static final String STORED_PLAN = "mtc.dev/plan";

    private static final String SELECTOR = "migration.openshift.io/label-selector";

    /** As MTC sets it. */
    private static final Duration KEPT = Duration.ofDays(30);

    ObjectNode json(int items, String sha256) {
        ObjectNode backup = Json.newObject().put("apiVersion", "velero.io/v1").put("kind", "Backup");
        ObjectNode metadata = backup.putObject("metadata").put("name", name).put("namespace", "velero");
        metadata.put("creationTimestamp", time(started));
        metadata.putObject("labels")
                .put("velero.io/storage-location", "default")
                .put(Marks.PLAN, settings.planUid())
                .put(Marks.MIGRATION, settings.migrationUid());
        ObjectNode annotations = metadata.putObject("annotations").put(CHECKSUM, sha256);
        annotations.put(STORED_PLAN, StoredPlan.name(plan.name(), settings.planUid()));
        plan.labelSelector().ifPresent(selector -> annotations.put(SELECTOR, selector));
        spec(backup.putObject("spec"));
        ObjectNode status = backup.putObject("status");
        status.put("version", 1)
                .put("formatVersion", Archive.FORMAT_VERSION)
                .put("phase", "Completed")
                .put("startTimestamp", time(started))
                .put("completionTimestamp", time(completed))
                .put("expiration", time(completed.plus(KEPT)));
        status.putObject("progress").put("totalItems", items).put("itemsBackedUp", items);
        return backup;
    }

    private void spec(ObjectNode spec) {
        addAll(
                spec.putArray("includedNamespaces"),
                plan.namespaces().stream().map(NamespaceMapping::source).toList());
        addAll(spec.putArray("includedResources"), plan.includedResources());
        addAll(spec.putArray("excludedResources"), plan.excludedResources());
        spec.put("storageLocation", "default")
                .put("ttl", KEPT.toHours() + "h0m0s")
                .put("snapshotVolumes", false);
        spec.putObject("hooks");
        spec.putObject("metadata");
    }

    private static void addAll(ArrayNode array, Collection<String> texts) {
        texts.forEach(array::add);
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@return no warnings and no errors, in the form of Velero's result files} */
    static ObjectNode results() {
        ObjectNode results = Json.newObject();
        results.putObject("errors");
        results.putObject("warnings");
        return results;
    }
}

package dev.mtc.engine.internal.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows of a run in the status of a resource that the run's MigMigration owns.
 *
 * @param <R> the resource
 */
final class TransferRecord<R extends MigrationResource<?, ? extends ConditionedStatus>> implements RowKeeper<R> {

    /** The field of the status, beside MTC's own. */
    private static final String FIELD = "transfers";

    /** An annotation, as MTC's own resource definitions prune unknown fields of the status. */
    private static final String NOTES = "mtc.dev/notes";

    private static final Logger LOG = LoggerFactory.getLogger(TransferRecord.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunContext context;
    private final Class<R> kind;
    private final Supplier<R> empty;
    private final Report<R> report;
    private final String name;

    /**
     * Writes what rows come to.
     *
     * @param <R> the resource
     */
    @FunctionalInterface
    interface Report<R> {
        /** Fills the fields that MTC has in the status of such a resource. */
        void write(R resource, TransferTable table, Clock clock);
    }

    TransferRecord(RunContext context, Class<R> kind, Supplier<R> empty, Report<R> report, String suffix) {
        this.context = context;
        this.kind = kind;
        this.empty = empty;
        this.report = report;
        this.name = context.runId() + suffix;
    }

    private Optional<R> find() {
        return context.store().get(kind, context.migration().getMetadata().getNamespace(), name);
    }

    @Override
    public Optional<List<TransferRow>> load() {
        return find().map(resource -> rows(resource.getStatus()));
    }

    /** {@return the rows that a status keeps, none if it was written by someone else} */
    static List<TransferRow> rows(ConditionedStatus status) {
        Object rows = status.additionalProperties().getOrDefault(FIELD, List.of());
        return JSON.convertValue(rows, new TypeReference<List<TransferRow>>() {});
    }

    @Override
    public void create(List<TransferRow> rows, Consumer<R> spec) {
        R resource = empty.get();
        var migration = context.migration();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(migration.getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels(resource))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(migration.getApiVersion())
                        .withKind(migration.getKind())
                        .withName(migration.getMetadata().getName())
                        .withUid(migration.getMetadata().getUid())
                        .withController(true)
                        .build())
                .build());
        spec.accept(resource);
        put(resource, rows);
        try {
            context.recorded(context.store().create(resource));
        } catch (StateStore.Conflict e) {
            // It was created by the same run before its process ended; its rows count.
        }
    }

    /** MTC's labels of such a resource (specification 10.1, 10.2). */
    private Map<String, String> labels(R resource) {
        Map<String, String> labels = new HashMap<>(Labels.named(context.plan().name(), context.runId()));
        labels.put(Labels.PART_OF, Labels.PART_OF_VALUE);
        labels.put("migmigration", context.migrationUid());
        if (resource instanceof DirectVolumeMigration) {
            labels.put("migration-direct-volume", context.migrationUid());
        }
        return labels;
    }

    /** Notes that nobody can read any more are hints that got lost. */
    @Override
    public Map<String, String> notes() {
        String text = find().map(R::getMetadata)
                .map(ObjectMeta::getAnnotations)
                .map(annotations -> annotations.get(NOTES))
                .orElse("{}");
        try {
            return JSON.readValue(text, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            LOG.debug("Not notes of movers: {}", text, e);
            return Map.of();
        }
    }

    @Override
    public void save(List<TransferRow> rows, Map<String, String> notes) {
        find().ifPresent(resource -> {
            put(resource, rows);
            annotate(resource, notes);
            context.recorded(context.store().update(resource));
        });
    }

    private void annotate(R resource, Map<String, String> notes) {
        Map<String, String> annotations =
                new HashMap<>(Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.of()));
        if (notes.isEmpty()) {
            annotations.remove(NOTES);
        } else {
            annotations.put(NOTES, JSON.valueToTree(notes).toString());
        }
        resource.getMetadata().setAnnotations(annotations);
    }

    private void put(R resource, List<TransferRow> rows) {
        resource.getStatus()
                .additionalProperties()
                .put(FIELD, JSON.convertValue(rows, new TypeReference<List<Map<String, Object>>>() {}));
        TransferTable table =
                new TransferTable(rows, context.board().items(), context.clock().instant());
        report.write(resource, table, context.clock());
    }
}

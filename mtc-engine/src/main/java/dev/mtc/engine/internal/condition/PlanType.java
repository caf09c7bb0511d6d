package dev.mtc.engine.internal.condition;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of plan a MigPlan is, as MTC tells by its shape and by what was done with it. MTC's conditions reference, MigPlan. */
public enum PlanType {
    /** Applications with their data. */
    NAMESPACE("NamespaceMigrationPlan"),
    /** Data only, into other namespaces, claims or clusters. */
    STATE("StateMigrationPlan"),
    /** Data only, within its namespace, onto another storage class. */
    STORAGE_CONVERSION("StorageConversionPlan");

    /** Type of the condition that tells the type. */
    public static final String IDENTIFIED = "MigrationTypeIdentified";

    private static final String INTRA_CLUSTER = "IntraClusterMigration";

    private final String reason;

    PlanType(String reason) {
        this.reason = reason;
    }

    /** {@return the type as it stands in the reason of a condition} */
    public String reason() {
        return reason;
    }

    /**
     * {@return {@code MigrationTypeIdentified}, if the type can be told, and {@code IntraClusterMigration}, if source and
     * target are one cluster but the plan does not suit that}
     *
     * @param spec the plan
     * @param migrations all of its migrations
     * @param reach between its clusters
     */
    public static List<Condition> conditions(MigPlanSpec spec, List<MigMigration> migrations, Reach reach) {
        PlanNames names = PlanNames.of(spec);
        if (spec.isIndirectImageMigration() || spec.isIndirectVolumeMigration()) {
            return ofIndirect(spec, reach);
        }
        Optional<PlanType> past = ofPast(migrations, names, reach);
        if (past.isPresent() && past.get() != NAMESPACE) {
            return List.of(identified(past.get()).durable());
        }
        List<Condition> conditions = new ArrayList<>();
        ofShape(names, reach)
                .map(PlanType::identified)
                .or(() -> past.map(type -> identified(type).durable()))
                .ifPresent(conditions::add);
        if (reach == Reach.INTRA_CLUSTER && isPartlyRenamed(names)) {
            conditions.add(unsuited("ConflictingNamespaces")
                    .message(
                            "Source and target are one cluster, and some but not all namespaces get other names: rename"
                                    + " all of them or none."));
        }
        return conditions;
    }

    private static List<Condition> ofIndirect(MigPlanSpec spec, Reach reach) {
        Condition identified = identified(NAMESPACE);
        return reach == Reach.INTER_CLUSTER || !spec.isIndirectVolumeMigration()
                ? List.of(identified)
                : List.of(
                        identified,
                        unsuited(NAMESPACE.reason)
                                .message("Source and target are one cluster, where volumes cannot go through the"
                                        + " repository: set `indirectVolumeMigration` to false."));
    }

    /** A rollback that succeeded makes a plan as good as new. */
    private static Optional<PlanType> ofPast(List<MigMigration> migrations, PlanNames names, Reach reach) {
        Optional<MigMigration> newest = migrations.stream()
                .max(Comparator.comparing(
                        migration -> String.valueOf(migration.getMetadata().getCreationTimestamp())));
        if (newest.isEmpty() || isSucceededRollback(newest.get())) {
            return Optional.empty();
        }
        if (migrations.stream().noneMatch(migration -> migration.getSpec().isMigrateState())) {
            return Optional.of(NAMESPACE);
        }
        boolean inPlace = reach == Reach.INTRA_CLUSTER && !names.isSomeNamespaceRenamed();
        return Optional.of(inPlace ? STORAGE_CONVERSION : STATE);
    }

    private static Optional<PlanType> ofShape(PlanNames names, Reach reach) {
        if (reach == Reach.INTER_CLUSTER) {
            return names.renamedClaims().isEmpty() ? Optional.empty() : Optional.of(STATE);
        } else if (isPartlyRenamed(names)) {
            return Optional.empty();
        }
        return Optional.of(names.isSomeNamespaceRenamed() ? STATE : STORAGE_CONVERSION);
    }

    private static boolean isPartlyRenamed(PlanNames names) {
        return names.isSomeNamespaceRenamed() && !names.areAllNamespacesRenamed();
    }

    private static boolean isSucceededRollback(MigMigration migration) {
        return migration.getSpec().isRollback()
                && migration.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Succeeded") && condition.holds());
    }

    private static Condition identified(PlanType type) {
        return Condition.of(Category.ADVISORY, IDENTIFIED)
                .reason(type.reason)
                .message("This plan is for a "
                        + type.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (type == STORAGE_CONVERSION ? "." : " migration."));
    }

    private static Condition unsuited(String reason) {
        return Condition.of(Category.CRITICAL, INTRA_CLUSTER).reason(reason);
    }
}

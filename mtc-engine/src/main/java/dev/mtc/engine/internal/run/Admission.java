package dev.mtc.engine.internal.run;

import dev.mtc.api.Phase;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.engine.internal.condition.PlanNames;
import dev.mtc.engine.internal.condition.Reach;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a migration may run now, as MTC's conditions of a MigMigration (conditions reference, MigMigration; state
 * machine, Ordering). A pure function of the resources. Beyond MTC, a migration that has begun keeps its turn, and one that
 * cannot run holds up nobody: otherwise a stage that comes too late would block the rollback that makes room for it.
 */
public final class Admission {

    private static final Duration TURN = Duration.ofSeconds(10);
    private static final String SUCCEEDED = "Succeeded";
    private static final String FAILED = "Failed";
    private static final String NOT_SUPPORTED = "NotSupported";
    private static final Comparator<MigMigration> BY_CREATION = Comparator.comparing(Admission::created)
            .thenComparing(migration -> migration.getMetadata().getName());

    private final List<MigMigration> samePlan;
    private final MigPlan plan;
    private final PlanNames names;
    private final Reach reach;

    private Admission(List<MigMigration> samePlan, MigPlan plan, Reach reach) {
        this.samePlan = samePlan;
        this.plan = plan;
        this.names = PlanNames.of(plan.getSpec());
        this.reach = reach;
    }

    /**
     * {@return what keeps a migration from running, empty if nothing does or it is complete}
     *
     * @param self the migration
     * @param samePlan all migrations of its plan; that this one is among them does no harm
     * @param plan its plan
     * @param reach between the plan's clusters
     */
    public static List<Condition> of(MigMigration self, List<MigMigration> samePlan, MigPlan plan, Reach reach) {
        return isComplete(self) ? List.of() : new Admission(samePlan, plan, reach).conditions(self);
    }

    /** {@return what keeps a migration from running whose plan is not there} */
    public static List<Condition> withoutPlan(MigMigration self) {
        if (isComplete(self)) {
            return List.of();
        }
        Condition condition = Condition.of(Category.CRITICAL, "InvalidPlanRef");
        ObjectReference reference = self.getSpec().getMigPlanRef();
        if (reference == null || isEmpty(reference.getName()) || isEmpty(reference.getNamespace())) {
            return List.of(condition
                    .reason("NotSet")
                    .message("The `migPlanRef` must reference a MigPlan: set its name and namespace."));
        }
        return List.of(condition
                .reason("NotFound")
                .message("The `migPlanRef` must reference a MigPlan, but there is no " + reference.getNamespace() + "/"
                        + reference.getName() + ": create it, or correct the reference."));
    }

    /**
     * {@return how long a migration waits before it asks again whether it is its turn, zero if it is}
     *
     * @param self the migration
     * @param samePlan all migrations of its plan
     * @param plan its plan
     * @param reach between the plan's clusters
     */
    public static Duration postponement(MigMigration self, List<MigMigration> samePlan, MigPlan plan, Reach reach) {
        return isComplete(self) ? Duration.ZERO : new Admission(samePlan, plan, reach).postponement(self);
    }

    private List<Condition> conditions(MigMigration self) {
        if (hasBegun(self) && self.getSpec().isCanceled()) {
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>(plan());
        conditions.addAll(invalid(self));
        if (isTooLate(self)) {
            conditions.add(Condition.of(Category.CRITICAL, "HasFinalMigration")
                    .message("The associated MigPlan already has a final migration: roll it back first, or make a new"
                            + " plan."));
        }
        Duration postponement = postponement(self);
        if (!postponement.isZero()) {
            conditions.add(Condition.of(Category.CRITICAL, "Postponed")
                    .message("Postponed " + postponement.toSeconds()
                            + " seconds to ensure migrations run serially and in order."));
        }
        return conditions;
    }

    private List<Condition> plan() {
        List<Condition> conditions = new ArrayList<>();
        String name =
                plan.getMetadata().getNamespace() + "/" + plan.getMetadata().getName();
        if (!holds(plan.getStatus().getConditions(), Conditions.READY)) {
            conditions.add(Condition.of(Category.CRITICAL, "PlanNotReady")
                    .message("The referenced MigPlan " + name
                            + " does not have a `Ready` condition: see what its own conditions ask for."));
        }
        if (plan.getSpec().isClosed()) {
            conditions.add(Condition.of(Category.CRITICAL, "PlanClosed")
                    .message("The associated MigPlan " + name + " is closed: make a new plan."));
        }
        return conditions;
    }

    private List<Condition> invalid(MigMigration self) {
        MigMigrationSpec spec = self.getSpec();
        List<Condition> conditions = new ArrayList<>();
        List<String> contested = names.contestedClaims();
        if (!contested.isEmpty()) {
            conditions.add(Condition.of(Category.CRITICAL, "ConflictingPVCMappings")
                    .reason("PvNameConflict")
                    .message(
                            "Several claims of the source would become each of the claims [] of the target: map them to"
                                    + " different names.")
                    .items(contested));
        }
        List<String> wrong = hasBegun(self) ? List.of() : Wishes.problems(self);
        if (!wrong.isEmpty()) {
            conditions.add(Condition.of(Category.CRITICAL, "InvalidSpec")
                    .reason(NOT_SUPPORTED)
                    .message("The migration asks for what is not known: [].")
                    .items(wrong));
        }
        long kinds = Stream.of(spec.isStage(), spec.isMigrateState(), spec.isRollback())
                .filter(kind -> kind)
                .count();
        if (kinds > 1) {
            conditions.add(Condition.of(Category.CRITICAL, "InvalidSpec")
                    .reason(NOT_SUPPORTED)
                    .message("Only one of `stage`, `migrateState` and `rollback` can be true: choose one."));
        } else if (!spec.isMigrateState() && !spec.isRollback()) {
            conditions.addAll(invalidForApplications());
        }
        return conditions;
    }

    private List<Condition> invalidForApplications() {
        List<Condition> conditions = new ArrayList<>();
        List<String> renamed = names.renamedClaims();
        if (!renamed.isEmpty()) {
            conditions.add(Condition.of(Category.CRITICAL, "InvalidSpec")
                    .reason(NOT_SUPPORTED)
                    .message(
                            "Claims [] get other names, which only a state migration can do: set `migrateState`, or give"
                                    + " them their names back.")
                    .items(renamed));
        }
        if (reach == Reach.INTRA_CLUSTER && !names.areAllNamespacesRenamed()) {
            conditions.add(Condition.of(Category.CRITICAL, FAILED)
                    .reason(NOT_SUPPORTED)
                    .message("Source and target are one cluster, where applications can only go to namespaces of other"
                            + " names: rename every namespace of the plan, or set `migrateState`.")
                    .durable());
        }
        return conditions;
    }

    private boolean isTooLate(MigMigration self) {
        if (self.getSpec().isRollback() || hasBegun(self)) {
            return false;
        }
        String[] blocking =
                self.getSpec().isStage() ? new String[] {"Running", SUCCEEDED, FAILED} : new String[] {SUCCEEDED};
        List<MigMigration> newestFirst = samePlan.stream()
                .filter(other -> !isSame(self, other))
                .filter(other -> !other.getSpec().isStage()
                        && !other.getSpec().isMigrateState()
                        && !other.getSpec().isCanceled())
                .sorted(BY_CREATION.reversed())
                .toList();
        for (MigMigration other : newestFirst) {
            List<Condition> conditions = other.getStatus().getConditions();
            if (other.getSpec().isRollback() && holds(conditions, SUCCEEDED)) {
                return false;
            } else if (holds(conditions, blocking)) {
                return true;
            }
        }
        return false;
    }

    private Duration postponement(MigMigration self) {
        List<MigMigration> queue = samePlan.stream()
                .filter(other -> !isSame(self, other))
                .filter(other -> !isComplete(other))
                .filter(other ->
                        hasBegun(other) || (!isTooLate(other) && invalid(other).isEmpty()))
                .toList();
        Comparator<MigMigration> order = Comparator.comparing((MigMigration migration) -> !hasBegun(migration))
                .thenComparing(migration -> !migration.getSpec().isStage())
                .thenComparing(BY_CREATION);
        long before =
                queue.stream().filter(other -> order.compare(other, self) < 0).count();
        return TURN.multipliedBy(before);
    }

    /** {@return whether what keeps a migration from running can never pass, so that the migration has failed} */
    public static boolean isFinal(Condition obstacle) {
        return obstacle.getType().equals(FAILED);
    }

    /** {@return whether a migration has ended} */
    public static boolean isComplete(MigMigration migration) {
        return Phase.COMPLETED.wireName().equals(migration.getStatus().getPhase());
    }

    private static boolean hasBegun(MigMigration migration) {
        // The first phase, in which a migration waits for its turn, has an empty name on the wire.
        return !isEmpty(migration.getStatus().getPhase());
    }

    private static boolean isSame(MigMigration one, MigMigration other) {
        return one.getMetadata().getName().equals(other.getMetadata().getName());
    }

    private static String created(MigMigration migration) {
        String time = migration.getMetadata().getCreationTimestamp();
        // What is not created yet comes after everything that is.
        return isEmpty(time) ? "~" : time;
    }

    private static boolean holds(List<Condition> conditions, String... types) {
        return conditions.stream().filter(Condition::holds).anyMatch(condition -> Arrays.asList(types)
                .contains(condition.getType()));
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}

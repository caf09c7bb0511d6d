package dev.mtc.engine.internal.controller;

import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Looks after a plan and its migrations together, so that these run in order. The plan itself is checked when it or what it
 * refers to has changed, when a migration has begun or ended, and from time to time. Thread-safe.
 */
final class PlanWork {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN_NOT_READY = Duration.ofSeconds(10);

    private final Host host;
    private final PlanReconciler plans;
    private final MigrationReconciler migrations;
    private final Clock clock;
    private final Consumer<String> queue;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * Looks at nothing yet.
     *
     * @param queue takes the name of a plan that is to be looked at
     */
    PlanWork(Host host, PlanReconciler plans, MigrationReconciler migrations, Clock clock, Consumer<String> queue) {
        this.host = host;
        this.plans = plans;
        this.migrations = migrations;
        this.clock = clock;
        this.queue = queue;
    }

    /** {@return the name of a migration's plan, empty if it names none} */
    static String planOf(MigMigration migration) {
        ObjectReference reference = migration.getSpec().getMigPlanRef();
        return reference == null || reference.getName() == null ? "" : reference.getName();
    }

    /** Has a plan checked. */
    void changed(String name) {
        known.add(name);
        due.put(name, Instant.EPOCH);
        queue.accept(name);
    }

    /** Has all plans checked, one of which may refer to what changed. */
    void referencesChanged() {
        known.forEach(this::changed);
    }

    /** Has the migrations of a plan looked at. */
    void migrationsChanged(String name) {
        queue.accept(name);
    }

    Optional<Duration> reconcile(String name) {
        Optional<MigPlan> found =
                name.isEmpty() ? Optional.empty() : host.store().get(MigPlan.class, host.namespace(), name);
        List<MigMigration> own = host.store().list(MigMigration.class).stream()
                .filter(migration -> planOf(migration).equals(name) && !RunContext.isEmbedded(migration))
                .toList();
        if (found.isEmpty()) {
            known.remove(name);
            migrations.withoutPlan(own);
            return Optional.empty();
        }
        MigPlan plan = found.get();
        if (isDue(plan)) {
            plan = plans.reconcile(plan, own);
            boolean ready = isReady(plan);
            due.put(name, clock.instant().plus(ready ? LOOK_AGAIN : LOOK_AGAIN_NOT_READY));
        }
        Optional<Duration> next = migrations.reconcile(plan, plans.reach(plan), own, () -> changed(name));
        Duration untilDue = Duration.between(clock.instant(), due.getOrDefault(name, clock.instant()));
        return Optional.of(next.filter(delay -> delay.compareTo(untilDue) < 0).orElse(untilDue));
    }

    private boolean isDue(MigPlan plan) {
        Instant at = due.getOrDefault(plan.getMetadata().getName(), Instant.EPOCH);
        return plan.getSpec().isRefresh()
                || !at.isAfter(clock.instant())
                || !ObservedDigest.of(plan.getSpec()).equals(plan.getStatus().getObservedDigest());
    }

    private static boolean isReady(MigPlan plan) {
        return plan.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready") && condition.holds());
    }
}

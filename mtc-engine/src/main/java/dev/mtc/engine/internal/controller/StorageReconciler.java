package dev.mtc.engine.internal.controller;

import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.engine.internal.condition.ProblemConditions;
import dev.mtc.engine.internal.plan.StorageCheck;
import dev.mtc.engine.internal.run.Providers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks after MigStorages. */
final class StorageReconciler {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Host host;
    private final Pass pass;
    private final Providers providers;

    StorageReconciler(Host host, Pass pass, Providers providers) {
        this.host = host;
        this.pass = pass;
        this.providers = providers;
    }

    Optional<Duration> reconcile(String name) {
        Optional<MigStorage> storage = host.store().get(MigStorage.class, host.namespace(), name);
        storage.ifPresent(present -> pass.over(present, this::look));
        return storage.map(present -> LOOK_AGAIN);
    }

    private void look(MigStorage object, Conditions conditions) {
        ProblemConditions.judge(problems(object), conditions, "The storage is ready.");
        object.getSpec().setRefresh(false);
        object.getStatus().setObservedDigest(ObservedDigest.of(object.getSpec()));
    }

    private List<Problem> problems(MigStorage object) {
        try {
            return StorageCheck.of(
                            host.around(object).storage(object.getMetadata().getName()), providers)
                    .problems();
        } catch (PlanInvalidException e) {
            return e.problems();
        }
    }
}

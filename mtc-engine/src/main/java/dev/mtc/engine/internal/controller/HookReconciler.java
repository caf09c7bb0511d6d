package dev.mtc.engine.internal.controller;

import dev.mtc.api.Manifests;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.engine.internal.condition.ProblemConditions;
import java.util.List;
import java.util.Optional;

/** Looks after MigHooks. */
final class HookReconciler {

    private final Host host;
    private final Pass pass;

    HookReconciler(Host host, Pass pass) {
        this.host = host;
        this.pass = pass;
    }

    void reconcile(String name) {
        Optional<MigHook> hook = host.store().get(MigHook.class, host.namespace(), name);
        hook.ifPresent(present -> pass.over(present, this::look));
    }

    private void look(MigHook object, Conditions conditions) {
        ProblemConditions.judge(problems(object), conditions, "The hook is ready.");
        Long generation = object.getMetadata().getGeneration();
        if (generation != null && object.getStatus().getObservedGeneration() != generation) {
            // The write that follows makes it the next generation (MTC specification 1.6).
            object.getStatus().setObservedGeneration(generation + 1);
        }
    }

    private static List<Problem> problems(MigHook object) {
        try {
            Manifests.of(List.of(object)).hook(object.getMetadata().getName());
            return List.of();
        } catch (PlanInvalidException e) {
            return e.problems();
        }
    }
}

package dev.mtc.engine.internal.controller;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import java.util.Set;

/**
 * Tells whoever makes a resource that is part of a migration here, without that migration, that nobody carries it out; MTC
 * does (specification 8.1). Without a word it would just stay there.
 *
 * @param <R> the kind of resource
 * @param host keeps it
 * @param pass writes its conditions
 * @param kind the kind
 * @param weight the category that MTC has for a failure of this kind
 * @param instead which migration does the same
 */
record StandAlone<R extends MigrationResource<?, ? extends ConditionedStatus>>(
        Host host, Pass pass, Class<R> kind, Category weight, String instead) {

    private static final Set<String> OWNERS = Set.of("MigMigration", "DirectImageMigration");
    private static final String SUCCEEDED = "Succeeded";

    /** {@return whether a resource belongs to no migration, and MTC did not carry it out earlier} */
    boolean concerns(R resource) {
        boolean owned = resource.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> OWNERS.contains(owner.getKind()));
        boolean done = resource.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals(SUCCEEDED) && condition.holds());
        return !owned && !done;
    }

    void reconcile(String name) {
        host.store()
                .get(kind, host.namespace(), name)
                .filter(this::concerns)
                .ifPresent(resource -> pass.over(resource, this::refuse));
    }

    private void refuse(R resource, Conditions conditions) {
        conditions.set(Condition.of(weight, "Failed")
                .reason("NotSupported")
                .message("A " + resource.getKind()
                        + " that belongs to no MigMigration is not carried out: make a MigPlan"
                        + " of its clusters and namespaces, and a MigMigration with " + instead + ".")
                .durable());
        conditions.notReady();
    }
}

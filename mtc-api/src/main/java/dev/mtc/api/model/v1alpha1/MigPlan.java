package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A plan: what is migrated, from where, to where. MTC's CRD reference, MigPlan.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("MigPlan")
@Plural("migplans")
public final class MigPlan extends MigrationResource<MigPlanSpec, MigPlanStatus> {

    @Override
    protected MigPlanSpec initSpec() {
        return new MigPlanSpec();
    }

    @Override
    protected MigPlanStatus initStatus() {
        return new MigPlanStatus();
    }
}

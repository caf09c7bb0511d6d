package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Something to run at a point of a migration. MTC's CRD reference, MigHook.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("MigHook")
@Plural("mighooks")
public final class MigHook extends MigrationResource<MigHookSpec, MigHookStatus> {

    @Override
    protected MigHookSpec initSpec() {
        return new MigHookSpec();
    }

    @Override
    protected MigHookStatus initStatus() {
        return new MigHookStatus();
    }
}

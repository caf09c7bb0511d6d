package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A run of a plan. MTC's CRD reference, MigMigration.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("MigMigration")
@Plural("migmigrations")
public final class MigMigration extends MigrationResource<MigMigrationSpec, MigMigrationStatus> {

    @Override
    protected MigMigrationSpec initSpec() {
        return new MigMigrationSpec();
    }

    @Override
    protected MigMigrationStatus initStatus() {
        return new MigMigrationStatus();
    }
}

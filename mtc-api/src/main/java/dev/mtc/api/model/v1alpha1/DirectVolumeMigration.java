package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Copy of claims from cluster to cluster. MTC's CRD reference, DirectVolumeMigration.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("DirectVolumeMigration")
@Plural("directvolumemigrations")
@ShortNames("dvm")
public final class DirectVolumeMigration
        extends MigrationResource<DirectVolumeMigrationSpec, DirectVolumeMigrationStatus> {

    @Override
    protected DirectVolumeMigrationSpec initSpec() {
        return new DirectVolumeMigrationSpec();
    }

    @Override
    protected DirectVolumeMigrationStatus initStatus() {
        return new DirectVolumeMigrationStatus();
    }
}

package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Copy of image streams from registry to registry. MTC's CRD reference, DirectImageMigration.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("DirectImageMigration")
@Plural("directimagemigrations")
@ShortNames("dim")
public final class DirectImageMigration
        extends MigrationResource<DirectImageMigrationSpec, DirectImageMigrationStatus> {

    @Override
    protected DirectImageMigrationSpec initSpec() {
        return new DirectImageMigrationSpec();
    }

    @Override
    protected DirectImageMigrationStatus initStatus() {
        return new DirectImageMigrationStatus();
    }
}

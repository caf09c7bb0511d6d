package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Copy of one image stream. MTC's CRD reference, DirectImageStreamMigration.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("DirectImageStreamMigration")
@Plural("directimagestreammigrations")
@ShortNames("dism")
public final class DirectImageStreamMigration
        extends MigrationResource<DirectImageStreamMigrationSpec, DirectImageStreamMigrationStatus> {

    @Override
    protected DirectImageStreamMigrationSpec initSpec() {
        return new DirectImageStreamMigrationSpec();
    }

    @Override
    protected DirectImageStreamMigrationStatus initStatus() {
        return new DirectImageStreamMigrationStatus();
    }
}

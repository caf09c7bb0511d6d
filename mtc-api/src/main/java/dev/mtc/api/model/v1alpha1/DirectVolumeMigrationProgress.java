package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Progress of the copy of one claim. MTC's CRD reference, DirectVolumeMigrationProgress.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("DirectVolumeMigrationProgress")
@Plural("directvolumemigrationprogresses")
@ShortNames("dvmp")
public final class DirectVolumeMigrationProgress
        extends MigrationResource<DirectVolumeMigrationProgressSpec, DirectVolumeMigrationProgressStatus> {

    @Override
    protected DirectVolumeMigrationProgressSpec initSpec() {
        return new DirectVolumeMigrationProgressSpec();
    }

    @Override
    protected DirectVolumeMigrationProgressStatus initStatus() {
        return new DirectVolumeMigrationProgressStatus();
    }
}

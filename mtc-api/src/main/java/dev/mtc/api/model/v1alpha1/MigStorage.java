package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * An object store as a replication repository. MTC's CRD reference, MigStorage.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("MigStorage")
@Plural("migstorages")
public final class MigStorage extends MigrationResource<MigStorageSpec, MigStorageStatus> {

    @Override
    protected MigStorageSpec initSpec() {
        return new MigStorageSpec();
    }

    @Override
    protected MigStorageStatus initStatus() {
        return new MigStorageStatus();
    }
}

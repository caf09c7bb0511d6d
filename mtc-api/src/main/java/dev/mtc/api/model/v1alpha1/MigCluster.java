package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A cluster to migrate from or to. MTC's CRD reference, MigCluster.
 *
 * @since 0.1
 */
@Group(MigrationResource.GROUP)
@Version(MigrationResource.VERSION)
@Kind("MigCluster")
@Plural("migclusters")
public final class MigCluster extends MigrationResource<MigClusterSpec, MigClusterStatus> {

    @Override
    protected MigClusterSpec initSpec() {
        return new MigClusterSpec();
    }

    @Override
    protected MigClusterStatus initStatus() {
        return new MigClusterStatus();
    }
}

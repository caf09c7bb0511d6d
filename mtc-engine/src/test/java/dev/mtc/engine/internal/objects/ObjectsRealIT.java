package dev.mtc.engine.internal.objects;

import dev.mtc.api.Side;

class ObjectsRealIT extends ShopMigration {

    @Override
    CountedCluster openSource() {
        return CountedCluster.fromVariable(Side.SOURCE, "MTC_SOURCE_KUBECONFIG");
    }

    @Override
    CountedCluster openTarget() {
        return CountedCluster.fromVariable(Side.TARGET, "MTC_TARGET_KUBECONFIG");
    }

    @Override
    void stop() {}
}

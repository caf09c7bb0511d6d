package dev.mtc.engine.internal.objects;

import dev.mtc.api.Side;
import dev.mtc.engine.testing.EmbeddedCluster;

/** From an old cluster to a new one, which serves CronJobs and PodDisruptionBudgets in other versions only. */
class ObjectsIT extends ShopMigration {

    private final EmbeddedCluster old =
            EmbeddedCluster.builder("old").version("1.20").start();
    private final EmbeddedCluster recent =
            EmbeddedCluster.builder("new").version("1.33").start();

    @Override
    CountedCluster openSource() {
        return CountedCluster.at(Side.SOURCE, old.url());
    }

    @Override
    CountedCluster openTarget() {
        return CountedCluster.at(Side.TARGET, recent.url());
    }

    @Override
    void stop() {
        old.close();
        recent.close();
    }
}

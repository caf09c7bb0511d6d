package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

class RoundTripRealIT extends RoundTrip {

    @Override
    CountedCluster openSource() {
        return CountedCluster.fromVariable(Side.SOURCE, "MTC_SOURCE_KUBECONFIG");
    }

    @Override
    CountedCluster openTarget() {
        return CountedCluster.fromVariable(Side.TARGET, "MTC_TARGET_KUBECONFIG");
    }

    @Override
    List<String> files() {
        return List.of("kubernetes.yaml", "custom.yaml", "paused.yaml");
    }

    /** The last thing that controllers do is to take over what a paused Deployment holds back. */
    @Override
    void settle() {
        for (CountedCluster cluster : List.of(here, there)) {
            ReplicaSet set = cluster.client()
                    .apps()
                    .replicaSets()
                    .inNamespace(NAMESPACE)
                    .withName("paused-1")
                    .waitUntilCondition(RoundTripRealIT::isGoneOrTakenOver, 60, TimeUnit.SECONDS);
            assertThat(isGoneOrTakenOver(set)).isTrue();
        }
    }

    private static boolean isGoneOrTakenOver(@Nullable ReplicaSet set) {
        return set == null
                || (!set.getMetadata().getOwnerReferences().isEmpty()
                        && Integer.valueOf(0).equals(set.getSpec().getReplicas()));
    }

    @Override
    void stop() {}
}

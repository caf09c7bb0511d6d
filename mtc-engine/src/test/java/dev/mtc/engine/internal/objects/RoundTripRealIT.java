package dev.mtc.engine.internal.objects;

import dev.mtc.api.Side;
import java.util.List;

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
        return List.of("kubernetes.yaml", "custom.yaml");
    }

    /** What controllers do here may differ at any time. */
    @Override
    void settle() {}

    @Override
    void stop() {}
}

package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import dev.mtc.engine.testing.EmbeddedCluster;
import java.time.Duration;
import java.util.List;

/** From an old server to a recent one, which serves other versions, and back. */
class RoundTripIT extends RoundTrip {

    private final EmbeddedCluster old =
            EmbeddedCluster.builder("old").version("1.20").withoutWorkloads().start();
    private final EmbeddedCluster recent =
            EmbeddedCluster.builder("new").version("1.33").withoutWorkloads().start();

    @Override
    CountedCluster openSource() {
        return CountedCluster.at(Side.SOURCE, old.url());
    }

    @Override
    CountedCluster openTarget() {
        return CountedCluster.at(Side.TARGET, recent.url());
    }

    @Override
    List<String> files() {
        return List.of("kubernetes.yaml", "custom.yaml", "openshift.yaml");
    }

    @Override
    void settle() {
        assertThat(old.settle(Duration.ofSeconds(60))).isTrue();
        assertThat(recent.settle(Duration.ofSeconds(60))).isTrue();
    }

    @Override
    void stop() {
        old.close();
        recent.close();
    }
}

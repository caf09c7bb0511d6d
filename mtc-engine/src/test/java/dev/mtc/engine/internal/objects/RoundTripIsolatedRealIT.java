package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Side;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Isolated, since for a while the clusters serve kinds that others do not expect, and some by a server that goes away. An API server
 * and a webhook of this process answer for both clusters.
 */
class RoundTripIsolatedRealIT extends RoundTrip {

    private static final String OUTSIDE = "tf-round-trip-outside";
    private static final String REGISTRATIONS = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final String SHIPS = "/apis/mtc-round-trip.example/v1/namespaces/" + NAMESPACE + "/ships";

    private final AdmissionHook hook = new AdmissionHook();
    private final List<ExtensionServer> servers = new ArrayList<>();

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
        return List.of("kubernetes.yaml", "custom.yaml", "openshift.yaml", "paused.yaml", "aggregated.yaml");
    }

    @Override
    void extend() {
        for (CountedCluster cluster : List.of(here, there)) {
            retract(cluster);
            ExtensionServer server = ExtensionServer.near(cluster, List.of("memos." + OUTSIDE, "hook." + NAMESPACE));
            servers.add(server);
            server.serve("/apis", new AggregatedApi());
            server.serve("/validate", hook);
            cluster.server()
                    .create(
                            "/api/v1/namespaces",
                            Yaml.object("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + OUTSIDE + "}"));
            cluster.server()
                    .create("/api/v1/namespaces/" + OUTSIDE + "/services", Yaml.object(server.serviceYaml("memos")));
            cluster.server().create(REGISTRATIONS, Yaml.object(AggregatedApi.registration(OUTSIDE, "memos", server)));
        }
        for (CountedCluster cluster : List.of(here, there)) {
            Waiting.until(() -> cluster.discovery()
                    .find(AggregatedApi.GROUP + "/v1", "Memo")
                    .isPresent());
        }
    }

    private static void retract(CountedCluster cluster) {
        cluster.server().delete(REGISTRATIONS + "/v1." + AggregatedApi.GROUP);
        cluster.server().delete("/api/v1/namespaces/" + OUTSIDE);
        Waiting.until(
                () -> cluster.server().find("/api/v1/namespaces/" + OUTSIDE).isEmpty());
    }

    @Override
    String hookService() {
        return servers.get(0).serviceYaml("hook");
    }

    /** Servers before 1.21 give namespaces no label with their name, so it asks for another. */
    @Override
    ObjectNode webhook() {
        ObjectNode webhook = super.webhook();
        webhook.withObjectProperty("metadata").remove("annotations");
        ObjectNode first = (ObjectNode) webhook.at("/webhooks/0");
        first.set("namespaceSelector", Yaml.object("matchLabels: {sea: north}"));
        ObjectNode call = first.withObjectProperty("clientConfig");
        call.put("caBundle", servers.get(0).authority());
        call.withObjectProperty("service").put("port", servers.get(0).port());
        return webhook;
    }

    /** It takes servers a moment to hear of a webhook. */
    @Override
    void checkCalled() {
        for (CountedCluster cluster : List.of(here, there)) {
            hook.admitted().clear();
            Waiting.until(() -> {
                cluster.server()
                        .create(
                                SHIPS,
                                Yaml.object(
                                        """
                                        apiVersion: mtc-round-trip.example/v1
                                        kind: Ship
                                        metadata: {generateName: calling-, labels: {app: web}}
                                        """));
                return !hook.admitted().isEmpty();
            });
            assertThat(hook.admitted()).allMatch(ship -> ship.startsWith(NAMESPACE + "/calling-"));
        }
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
                    .waitUntilCondition(RoundTripIsolatedRealIT::isGoneOrTakenOver, 60, TimeUnit.SECONDS);
            assertThat(isGoneOrTakenOver(set)).isTrue();
        }
    }

    private static boolean isGoneOrTakenOver(@Nullable ReplicaSet set) {
        return set == null
                || (!set.getMetadata().getOwnerReferences().isEmpty()
                        && Integer.valueOf(0).equals(set.getSpec().getReplicas()));
    }

    @Override
    void stop() {
        retract(here);
        retract(there);
        servers.forEach(ExtensionServer::close);
    }
}

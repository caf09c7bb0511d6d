package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchesTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final EmbeddedCluster cluster = EmbeddedCluster.start("watches");
    private final Http http = new Http(cluster);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void watch_fromRevision_tellsWhatHappenedSince() {
        String since = http.post(MAPS, "{'metadata':{'name':'a'}}")
                .json()
                .at("/metadata/resourceVersion")
                .asText();
        http.patch(MAPS + "/a", "merge-patch+json", "{'data':{'x':'1'}}");
        http.delete(MAPS + "/a");

        List<String> lines = http.get(MAPS + "?watch=1&timeoutSeconds=1&resourceVersion=" + since)
                .raw()
                .body()
                .lines()
                .toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("{\"type\":\"MODIFIED\"");
        assertThat(lines.get(1)).startsWith("{\"type\":\"DELETED\"");
    }

    @Test
    void watch_tooOldRevision_isGone() {
        http.post(MAPS, "{'metadata':{'name':'a'}}");
        cluster.compact();

        assertThat(http.get(MAPS + "?watch=1&resourceVersion=1").code()).isEqualTo(410);
    }

    @Test
    void watch_labelSelector_tellsOfEnteringAndLeaving() {
        http.post(MAPS, "{'metadata':{'name':'a','labels':{'in':'no'}}}");
        String since = http.get(MAPS).json().at("/metadata/resourceVersion").asText();
        http.patch(MAPS + "/a", "merge-patch+json", "{'metadata':{'labels':{'in':'yes'}}}");
        http.patch(MAPS + "/a", "merge-patch+json", "{'metadata':{'labels':{'in':'no'}}}");

        String body = http.get(MAPS + "?watch=1&timeoutSeconds=1&labelSelector=in%3Dyes&resourceVersion=" + since)
                .raw()
                .body();

        assertThat(body.lines().map(line -> line.substring(9, 16))).containsExactly("ADDED\",", "DELETED");
    }

    @Test
    void watch_initialEventsAsked_endWithABookmark() {
        String body = http.get(MAPS + "?watch=1&timeoutSeconds=1&sendInitialEvents=true&allowWatchBookmarks=true"
                        + "&resourceVersionMatch=NotOlderThan")
                .raw()
                .body();

        assertThat(body).contains("BOOKMARK").contains("k8s.io/initial-events-end");
    }

    @Test
    void watch_throughFabric8_followsChanges() throws InterruptedException {
        try (Watch watch = cluster.client().configMaps().inNamespace("default").watch(recorder())) {
            assertThat(watch).isNotNull();
            followChanges();
        }
    }

    @Test
    void watch_clientThatPrefersWebSockets_fallsBack() throws InterruptedException {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(cluster.url())
                .withNamespace("default")
                .build();
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                Watch watch = client.configMaps().inNamespace("default").watch(recorder())) {
            assertThat(watch).isNotNull();
            followChanges();
        }
    }

    @Test
    void informer_afterCompaction_staysCurrent() throws InterruptedException {
        try (SharedIndexInformer<ConfigMap> informer =
                cluster.client().configMaps().inNamespace("default").inform(handler())) {
            assertThat(informer.hasSynced()).isTrue();
            cluster.compact();

            http.post(MAPS, "{'metadata':{'name':'a'}}");

            await("ADDED a");
        }
    }

    private void followChanges() throws InterruptedException {
        http.post(MAPS, "{'metadata':{'name':'a'}}");
        await("ADDED a");
        http.delete(MAPS + "/a");
        await("DELETED a");
    }

    private void await(String wanted) throws InterruptedException {
        String next;
        do {
            next = seen.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("waiting for " + wanted).isNotNull();
        } while (!wanted.equals(next));
    }

    private Watcher<ConfigMap> recorder() {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                seen.add(action + " " + map.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("CLOSED " + cause);
            }
        };
    }

    private ResourceEventHandler<ConfigMap> handler() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap map) {
                seen.add("ADDED " + map.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap before, ConfigMap map) {
                seen.add("MODIFIED " + map.getMetadata().getName());
            }

            @Override
            public void onDelete(ConfigMap map, boolean unknown) {
                seen.add("DELETED " + map.getMetadata().getName());
            }
        };
    }
}

package dev.mtc.engine.internal.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Clusters;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/** A cluster with a namespace whose workloads are stopped and started. */
final class QuietCluster implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    final EmbeddedCluster cluster;
    final ApiServer server;

    private QuietCluster(EmbeddedCluster cluster) {
        this.cluster = cluster;
        this.server = Connections.open(Side.SOURCE, Clusters.of("quiet", cluster.client()));
        namespace("app");
        try (InputStream yaml =
                Objects.requireNonNull(QuietCluster.class.getResourceAsStream("deploymentconfigs.yaml"))) {
            cluster.client().load(yaml).create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settle();
    }

    static QuietCluster start() {
        return new QuietCluster(EmbeddedCluster.start("quiet"));
    }

    static QuietCluster ofVersion(String version) {
        return new QuietCluster(
                EmbeddedCluster.builder("quiet").version(version).start());
    }

    void namespace(String name) {
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        settle();
    }

    void settle() {
        assertThat(cluster.settle(LIMIT)).isTrue();
    }

    Quiesce quiesce() {
        return quiesce(Runnable::run);
    }

    Quiesce quiesce(Executor executor) {
        return quiesce(executor, "");
    }

    Quiesce quiesce(Executor executor, String labelSelector) {
        Discovery discovery = Discovery.of(server, Runnable::run);
        return Quiesce.of(server, discovery, executor, new Quiesce.Scope(List.of("app"), labelSelector));
    }

    static ObjectNode read(String text) {
        return (ObjectNode) value(text);
    }

    static JsonNode value(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectNode create(Kind kind) {
        return create(kind, kind.object());
    }

    ObjectNode create(Kind kind, ObjectNode object) {
        ObjectNode created = server.create(kind.collection(), object);
        settle();
        return created;
    }

    ObjectNode create(String collection, String text) {
        ObjectNode created = server.create(collection, read(text));
        settle();
        return created;
    }

    void claims(String... names) {
        for (String name : names) {
            create(
                    "/api/v1/namespaces/app/persistentvolumeclaims",
                    """
                    {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "%s"}, "spec": {
                     "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}"""
                            .formatted(name));
        }
    }

    ObjectNode present(Kind kind) {
        return server.get(kind.collection() + "/x");
    }

    void merge(Kind kind, String patch) {
        server.merge(kind.collection() + "/x", read(patch));
    }

    long requests(String verb, String resource) {
        return cluster.requests().stream()
                .filter(request ->
                        request.verb().equals(verb) && request.resource().equals(resource))
                .count();
    }

    @Override
    public void close() {
        server.close();
        cluster.close();
    }
}

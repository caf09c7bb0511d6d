package dev.mtc.engine.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Cluster;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The objects of a cluster's application as text, without what differs from run to run. */
final class ClusterDump {

    private static final Set<String> PASSING = Set.of("events", "events.events.k8s.io", "leases.coordination.k8s.io");
    private static final List<String> CHANGING = List.of(
            "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "finalizers");

    private static final ObjectMapper SORTED = JsonMapper.builder()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .build();

    private final String runId;

    private ClusterDump(String runId) {
        this.runId = runId;
    }

    /** {@return the objects of both clusters, sorted} */
    static List<String> of(TestBed bed, String runId) {
        assertSettled(bed);
        ClusterDump dump = new ClusterDump(runId);
        List<String> lines = new ArrayList<>(dump.lines("source", Side.SOURCE, bed.sourceCluster()));
        lines.addAll(dump.lines("target", Side.TARGET, bed.targetCluster()));
        return lines.stream().sorted().toList();
    }

    private static void assertSettled(TestBed bed) {
        if (!bed.source.settle(TestBed.LIMIT) || !bed.target.settle(TestBed.LIMIT)) {
            throw new AssertionError("The clusters do not come to rest");
        }
    }

    private List<String> lines(String name, Side side, Cluster cluster) {
        List<String> lines = new ArrayList<>();
        try (ApiServer server = Connections.open(side, cluster)) {
            for (ResourceType type : Discovery.of(server, Runnable::run).preferred()) {
                if (type.verbs().contains("list") && !PASSING.contains(type.resource())) {
                    for (ObjectNode object : server.list(type.collection(""), "")) {
                        if (isOfApp(type, object)) {
                            lines.add(name + " " + type.resource() + " " + text(object));
                        }
                    }
                }
            }
        }
        return lines;
    }

    private static boolean isOfApp(ResourceType type, JsonNode object) {
        String namespace = object.at(type.namespaced() ? "/metadata/namespace" : "/metadata/name")
                .asText();
        String claimed = object.at("/spec/claimRef/namespace").asText();
        return namespace.equals(TestBed.APP) || claimed.equals(TestBed.APP);
    }

    private String text(ObjectNode object) {
        object.remove("status");
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.remove(CHANGING);
        if (metadata.has("generateName")) {
            metadata.remove("name");
        }
        return sorted(object)
                .replace(runId, "RUN")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                .replaceAll("\\b\\d+(\\.\\d+){3}\\b", "IP")
                .replaceAll("kube-api-access-\\w+", "kube-api-access")
                .replaceAll("\"nodeName\":\"[^\"]*\"", "NODE");
    }

    private static String sorted(ObjectNode object) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(object, Object.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the lines that only one of two dumps has, marked with + for the first and - for the second} */
    static List<String> difference(List<String> one, List<String> other) {
        List<String> lines = new ArrayList<>();
        without(one, other).forEach(line -> lines.add("+ " + line));
        without(other, one).forEach(line -> lines.add("- " + line));
        return lines;
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left;
    }
}

package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.util.Map;

/** The plan's namespaces on the target, made like those of the source (labels and annotations copied). */
public final class TargetNamespaces {

    /** On a namespace that a plan made: the plan's uid. */
    public static final String CREATED_BY = "migration.openshift.io/created-by-migplan";

    private static final String COLLECTION = "/api/v1/namespaces";
    private static final ObjectMapper JSON = new ObjectMapper();

    private TargetNamespaces() {}

    /** Makes those that are missing. */
    public static void ensure(
            Plan plan, ApiServer source, ApiServer target, String planUid, Map<String, String> labels) {
        for (NamespaceMapping mapping : plan.namespaces()) {
            if (target.find(COLLECTION + "/" + mapping.target()).isEmpty()) {
                create(source.get(COLLECTION + "/" + mapping.source()), mapping.target(), target, planUid, labels);
            }
        }
    }

    private static void create(
            ObjectNode like, String name, ApiServer target, String planUid, Map<String, String> labels) {
        ObjectNode namespace = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode metadata = namespace.putObject("metadata").put("name", name);
        ObjectNode newLabels = metadata.putObject("labels");
        like.path("metadata").path("labels").fields().forEachRemaining(label -> {
            if (!label.getKey().equals("kubernetes.io/metadata.name")) {
                newLabels.set(label.getKey(), label.getValue());
            }
        });
        labels.forEach(newLabels::put);
        ObjectNode annotations = metadata.putObject("annotations");
        like.path("metadata").path("annotations").fields().forEachRemaining(annotation -> {
            if (!annotation.getKey().startsWith("kubectl.kubernetes.io/")) {
                annotations.set(annotation.getKey(), annotation.getValue());
            }
        });
        annotations.put(CREATED_BY, planUid);
        try {
            target.create(COLLECTION, namespace);
        } catch (ClusterAccessException e) {
            if (e.status() != 409) {
                throw e;
            }
        }
    }
}

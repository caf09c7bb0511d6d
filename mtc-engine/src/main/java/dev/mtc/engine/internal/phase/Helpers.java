package dev.mtc.engine.internal.phase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;

/** Pods, services, secrets and config maps that only help to move data, whichever run of the plan made them. */
public final class Helpers {

    /** The kinds of what only helps to move data, all of the core. */
    public static final List<String> RESOURCES = List.of("pods", "services", "secrets", "configmaps");

    private final RunContext context;

    Helpers(RunContext context) {
        this.context = context;
    }

    /** A helper and where it is. */
    private record Helper(ApiServer server, String path) {}

    /** Deletes all of them. */
    void delete() {
        find(RESOURCES).forEach(helper -> helper.server().delete(helper.path()));
    }

    /** {@return the pods that are still there} */
    List<String> remainingPods() {
        return find(List.of("pods")).stream().map(Helper::path).toList();
    }

    private List<Helper> find(List<String> resources) {
        List<Helper> helpers = new ArrayList<>();
        String selector = Labels.COMPONENT + "=" + Labels.MOVER + "," + Labels.PLAN + "=" + context.planUid();
        for (Side side : Side.values()) {
            ApiServer server = context.server(side);
            for (NamespaceMapping mapping : context.plan().namespaces()) {
                String namespace = side == Side.SOURCE ? mapping.source() : mapping.target();
                for (String resource : resources) {
                    String collection = "/api/v1/namespaces/" + namespace + "/" + resource;
                    for (ObjectNode helper : server.list(collection, selector)) {
                        String name = helper.path("metadata").path("name").asText();
                        helpers.add(new Helper(server, collection + "/" + name));
                    }
                }
            }
        }
        return helpers;
    }
}

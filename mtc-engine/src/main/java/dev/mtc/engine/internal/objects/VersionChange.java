package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;

/** Writes the version that the target takes, where one is like the other. */
final class VersionChange implements BuiltInTransform {

    /** What servers that serve no newer version of a kind drop without a word. */
    private static final Map<String, String> NEWER = Map.of(
            "cronjobs.batch", "timeZone",
            "poddisruptionbudgets.policy", "unhealthyPodEvictionPolicy");

    private static final String HOST = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";

    @Override
    public String name() {
        return "API version";
    }

    @Override
    public void apply(Draft draft) {
        String captured = Json.text(draft.object(), "apiVersion");
        String wanted = draft.type().apiVersion();
        if (Objects.equals(captured, wanted)) {
            return;
        }
        draft.object().put("apiVersion", wanted);
        boolean isOlder = wanted.endsWith("/v1beta1");
        String newer = NEWER.getOrDefault(draft.resource(), "");
        if (isOlder && draft.object().path("spec").has(newer)) {
            draft.warn(
                    "FieldNotTaken",
                    "the target takes it as " + wanted + ", which has no spec." + newer,
                    "see that it does what it should without that field, or exclude it");
        }
        if (draft.is("poddisruptionbudgets.policy")) {
            warnOfEmptySelector(draft);
        } else if (draft.is("endpointslices.discovery.k8s.io")) {
            Json.objects(draft.object().path("endpoints"))
                    .forEach(isOlder ? VersionChange::toTopology : VersionChange::fromTopology);
        }
    }

    private static void warnOfEmptySelector(Draft draft) {
        if (draft.object().path("spec").path("selector").isEmpty()) {
            draft.warn(
                    "SelectorMeansAll",
                    "its empty selector means no pod in policy/v1beta1 and every pod in policy/v1",
                    "give it a selector or exclude it");
        }
    }

    private static void fromTopology(ObjectNode endpoint) {
        Json.object(endpoint, "topology").ifPresent(topology -> {
            move(topology, HOST, endpoint, "nodeName");
            move(topology, ZONE, endpoint, "zone");
            endpoint.remove("topology");
        });
    }

    private static void toTopology(ObjectNode endpoint) {
        if (endpoint.has("zone")) {
            move(endpoint, "zone", endpoint.withObjectProperty("topology"), ZONE);
        }
        endpoint.remove("deprecatedTopology");
    }

    private static void move(ObjectNode from, String field, ObjectNode to, String name) {
        if (from.has(field) && !to.has(name)) {
            to.set(name, from.get(field));
        }
        from.remove(field);
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Lets the target give Services their addresses and ports. Node ports are dropped even where the user chose them: two clusters do not
 * share the range, and a port that is taken would fail the Service; a transform can set them.
 */
final class Services implements BuiltInTransform {

    private static final List<String> ADDRESSES =
            List.of("clusterIP", "clusterIPs", "healthCheckNodePort", "ipFamilies", "ipFamily");

    @Override
    public String name() {
        return "services";
    }

    @Override
    public void apply(Draft draft) {
        if (!draft.is("services")) {
            return;
        }
        ObjectNode spec = draft.spec();
        boolean headless = Json.text(spec, "clusterIP").equals("None");
        spec.remove(ADDRESSES);
        boolean chosenFamilies = Json.text(spec, "ipFamilyPolicy").endsWith("DualStack");
        if (!chosenFamilies) {
            spec.remove("ipFamilyPolicy");
        }
        if (headless) {
            spec.put("clusterIP", "None");
        }
        boolean balanced = Json.text(spec, "type").equals("LoadBalancer");
        if (balanced) {
            spec.remove("externalIPs");
        }
        boolean chosen = Json.text(spec, "type").equals("NodePort");
        for (ObjectNode port : Json.objects(spec.path("ports"))) {
            int nodePort = port.path("nodePort").asInt();
            port.remove("nodePort");
            if (chosen && nodePort > 0) {
                draft.advise(
                        "NodePortDropped",
                        "the target allocates another node port than " + nodePort + " for port "
                                + Json.text(port, "port"),
                        "tell its clients, or set the port with a transform");
            }
        }
    }
}

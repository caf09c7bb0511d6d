package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the claims of a plan's namespaces. */
public final class PlannedVolumes {

    private PlannedVolumes() {}

    /** {@return all claims of the plan's source namespaces, by namespace and name} */
    public static List<PlannedVolume> find(RunContext context) {
        Plan plan = context.plan();
        if (plan.excludedResources().contains("persistentvolumeclaims")) {
            return List.of();
        }
        List<PlannedVolume> volumes = new ArrayList<>();
        for (NamespaceMapping mapping : plan.namespaces()) {
            String collection = "/api/v1/namespaces/" + mapping.source() + "/persistentvolumeclaims";
            List<ObjectNode> claims =
                    context
                            .server(Side.SOURCE)
                            .list(collection, plan.labelSelector().orElse(""))
                            .stream()
                            .filter(claim -> !claim.path("metadata").has("deletionTimestamp"))
                            .toList();
            if (Conversion.is(plan)) {
                volumes.addAll(new ConvertedClaims(context, mapping.source(), claims).volumes());
            } else {
                claims.forEach(claim -> volumes.add(volume(plan, mapping, claim)));
            }
        }
        volumes.sort(Comparator.comparing(volume -> volume.source().toString()));
        return volumes;
    }

    private static PlannedVolume volume(Plan plan, NamespaceMapping mapping, ObjectNode claim) {
        String name = claim.path("metadata").path("name").asText();
        VolumeChoice choice = plan.volumeChoice(mapping.source(), name);
        String targetName =
                choice instanceof VolumeChoice.Copy copy ? copy.targetName().orElse(name) : name;
        return new PlannedVolume(
                new ClaimRef(mapping.source(), name), new ClaimRef(mapping.target(), targetName), choice, claim);
    }
}

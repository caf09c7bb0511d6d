package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.VolumeChoice.Copy;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.plan.PlannedVolume.Way;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a namespace that a plan converts. The name of a copy is the one that the plan chooses, else the one that a copy
 * has which is there already, else MTC's. A rollback takes the copies that are there, whatever the plan says now.
 */
final class ConvertedClaims {

    private static final Set<String> MAKERS = Set.of("Pod", "PersistentVolumeClaim");

    private final RunContext context;
    private final String namespace;
    private final List<ObjectNode> claims;
    private final Map<String, String> copies;
    private @Nullable ClaimNames names;

    ConvertedClaims(RunContext context, String namespace, List<ObjectNode> claims) {
        this.context = context;
        this.namespace = namespace;
        this.claims = claims;
        this.copies = Conversion.copies(claims, context.planUid());
    }

    List<PlannedVolume> volumes() {
        List<PlannedVolume> volumes = new ArrayList<>();
        for (ObjectNode claim : claims) {
            if (isConvertible(claim, context.planUid())) {
                volumes.add(volume(claim));
            }
        }
        return volumes;
    }

    /** {@return whether a claim is none that a conversion has made or left behind, nor one that is made and deleted with another object} */
    static boolean isConvertible(ObjectNode claim, String planUid) {
        for (JsonNode owner : claim.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()
                    && MAKERS.contains(owner.path("kind").asText())) {
                return false;
            }
        }
        return !Conversion.isCopyOf(claim, planUid)
                && !Conversion.isReplaced(claim, planUid)
                && !Conversion.ref(claim).name().endsWith("-mig-" + PlanSuffix.of(planUid));
    }

    private PlannedVolume volume(ObjectNode claim) {
        Plan plan = context.plan();
        ClaimRef source = Conversion.ref(claim);
        VolumeChoice choice = plan.volumeChoice(namespace, source.name());
        String copied = copies.get(source.name());
        if (copied != null && context.migration().getSpec().isRollback()) {
            Copy copy = choice instanceof Copy chosen ? chosen : VolumeChoice.copy();
            return new PlannedVolume(source, new ClaimRef(namespace, copied), copy, claim, Way.CONVERTED);
        }
        PlannedVolume kept = new PlannedVolume(source, source, choice, claim, Way.KEPT);
        if (!(choice instanceof Copy copy) || !changes(kept, copy)) {
            return kept;
        }
        String target = copy.targetName().orElseGet(() -> copied != null ? copied : name(source.name()));
        return new PlannedVolume(source, new ClaimRef(namespace, target), choice, claim, Way.CONVERTED);
    }

    private static boolean changes(PlannedVolume volume, Copy copy) {
        return copy.storageClass()
                        .filter(name -> !name.equals(volume.sourceStorageClass()))
                        .isPresent()
                || copy.accessMode()
                        .filter(mode -> !List.of(mode).equals(volume.sourceAccessModes()))
                        .isPresent()
                || copy.size()
                        .filter(size -> !size.equals(volume.requestedSize()))
                        .isPresent();
    }

    private String name(String claim) {
        ClaimNames known = names;
        if (known == null) {
            String collection = "/apis/apps/v1/namespaces/" + namespace + "/statefulsets";
            known = new ClaimNames(
                    PlanSuffix.of(context.planUid()),
                    context.server(Side.SOURCE).list(collection, ""));
            names = known;
        }
        return known.converted(claim);
    }
}

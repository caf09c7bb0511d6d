package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import dev.mtc.api.model.v1alpha1.PlanClaim;
import dev.mtc.engine.internal.condition.PlanNames;
import java.util.Collection;
import java.util.List;

/** The names of copies in a MigPlan that converts storage classes, {@code claim:copy} (MTC specification 4.6). */
public final class ConvertedNames {

    private ConvertedNames() {}

    /** {@return whether a claim is to be listed: it is no copy of the plan, nor what another plan has left behind} */
    public static boolean isConvertible(ObjectNode claim, String planUid) {
        return ConvertedClaims.isConvertible(claim, planUid);
    }

    /**
     * Names the copies of volumes.
     *
     * @param volumes the items of the plan
     * @param suffix the plan's
     * @param sets the StatefulSets of its namespaces
     */
    public static void write(List<PersistentVolume> volumes, String suffix, Collection<ObjectNode> sets) {
        for (PersistentVolume volume : volumes) {
            PlanClaim claim = volume.getPvc();
            String entry = String.valueOf(claim.getName());
            String source = PlanNames.source(entry);
            String wanted = PlanNames.target(entry);
            if (!isNamed(wanted, suffix)) {
                List<ObjectNode> near = sets.stream()
                        .filter(set ->
                                set.path("metadata").path("namespace").asText().equals(claim.getNamespace()))
                        .toList();
                claim.setName(source + ":" + new ClaimNames(suffix, near).converted(source, wanted));
            }
        }
    }

    /** A set that was converted already does not know the claim any more. */
    private static boolean isNamed(String name, String suffix) {
        return name.matches(".+-mig-" + suffix + "(-.+-[0-9]+)?");
    }
}

package dev.mtc.api;

import java.util.HashMap;
import java.util.Map;

/** Makes the plan of the way back. */
final class PlanReversal {

    private static final String SUFFIX = "-back";

    private final Plan plan;
    private final Map<String, String> targets = new HashMap<>();

    private PlanReversal(Plan plan) {
        this.plan = plan;
        plan.namespaces().forEach(mapping -> targets.put(mapping.source(), mapping.target()));
    }

    static Plan of(Plan plan) {
        if (plan.from().equals(plan.to()) && plan.namespaces().stream().noneMatch(NamespaceMapping::isRename)) {
            throw new IllegalStateException(
                    "Plan '" + plan.name() + "' converts storage classes in place; a rollback of it goes back");
        }
        return new PlanReversal(plan).build();
    }

    private Plan build() {
        PlanBuilder back = Plan.named(plan.name() + SUFFIX)
                .from(plan.to())
                .to(plan.from())
                .existing(ExistingPolicy.UPDATE)
                .volumes(back(plan.volumeRule()))
                .volumeEndpoint(plan.volumeEndpoint())
                .excludeResources(plan.excludedResources().toArray(String[]::new))
                .reverses(plan.name());
        plan.volumeBandwidth().ifPresent(back::volumeBandwidth);
        plan.via().ifPresent(back::via);
        plan.labelSelector().ifPresent(back::labelSelector);
        plan.namespaces()
                .forEach(mapping -> back.namespace(/* source= */ mapping.target(), /* target= */ mapping.source()));
        if (plan.volumeRoute() == Route.INDIRECT) {
            back.indirectVolumes();
        }
        plan.volumeExceptions().forEach((claim, choice) -> exception(claim, choice, back));
        return back.build();
    }

    private void exception(String claim, VolumeChoice choice, PlanBuilder back) {
        int slash = claim.indexOf('/');
        String namespace = targets.get(claim.substring(0, slash)) + "/";
        String name = claim.substring(slash + 1);
        if (choice instanceof VolumeChoice.Copy copy) {
            VolumeChoice.Copy reversed = back(copy);
            back.volume(
                    namespace + copy.targetName().orElse(name),
                    copy.targetName().isPresent() ? reversed.rename(name) : reversed);
        } else {
            back.volume(namespace + name, VolumeChoice.skip());
        }
    }

    /** A volume that was moved is the same one on both sides; a rollback takes it back with all that is in it. */
    private static VolumeChoice back(VolumeChoice choice) {
        return choice instanceof VolumeChoice.Copy copy ? back(copy) : VolumeChoice.skip();
    }

    /** Class, size and access mode were chosen for the claims of the other cluster. */
    private static VolumeChoice.Copy back(VolumeChoice.Copy copy) {
        VolumeChoice.Copy plain = VolumeChoice.copy(copy.method());
        return copy.verification().map(plain::verify).orElse(plain);
    }
}

package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigHookSpec;
import dev.mtc.api.model.v1alpha1.MigPlanHook;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** MigHooks and their places in a plan as {@link PlannedHook}s, and back. */
final class HookManifests {

    private static final List<String> CLUSTERS = List.of("source", "destination");

    private final ManifestObject plan;
    private final ManifestLookup lookup;

    HookManifests(ManifestObject plan, ManifestLookup lookup) {
        this.plan = plan;
        this.lookup = lookup;
    }

    Optional<PlannedHook> read(MigPlanHook place, String path) {
        Optional<HookPoint> point = Arrays.stream(HookPoint.values())
                .filter(it -> it.wireName().equals(place.getPhase()))
                .findFirst();
        if (point.isEmpty()) {
            List<String> known =
                    Arrays.stream(HookPoint.values()).map(HookPoint::wireName).toList();
            lookup.wrong(
                    plan,
                    path + ".phase",
                    "HookPhaseUnknown",
                    "is '" + place.getPhase() + "'",
                    Nearest.fix(place.getPhase(), known));
        }
        Optional<Hook.Job> job = lookup.find(
                        plan, path + ".reference", place.getReference(), ManifestKind.MIG_HOOK, "InvalidHookRef")
                .flatMap(this::job)
                .flatMap(it -> inPlace(it, place, path));
        return point.flatMap(at -> job.map(it -> new PlannedHook(at, it)));
    }

    private Optional<Hook.Job> inPlace(Hook.Job job, MigPlanHook place, String path) {
        String account = place.getServiceAccount();
        if (account.isEmpty()) {
            lookup.wrong(
                    plan, path + ".serviceAccount", "InvalidHookSAName", "is not set", "name one, such as default");
        }
        return lookup.attempt(plan, path + ".executionNamespace", "InvalidHookNSName", () -> job.inNamespace(
                        place.getExecutionNamespace())
                .serviceAccount(account));
    }

    private Optional<Hook.Job> job(ManifestObject hook) {
        MigHookSpec spec = hook.as(MigHook.class).getSpec();
        if (!spec.isCustom()) {
            lookup.wrong(
                    hook,
                    hook.json().at("/spec/playbook").isMissingNode() ? "spec" : "spec.playbook",
                    "HookNotSupported",
                    "makes it an Ansible hook, which is not supported yet",
                    "put the playbook into an image of your own and set custom: true");
            return Optional.empty();
        }
        if (spec.getImage().isBlank()) {
            lookup.wrong(hook, "spec.image", "InvalidHookRef", "is not set", "name the image to run");
        }
        if (!CLUSTERS.contains(spec.getTargetCluster())) {
            lookup.wrong(
                    hook,
                    "spec.targetCluster",
                    "InvalidHookRef",
                    "is '" + spec.getTargetCluster() + "'",
                    Nearest.fix(spec.getTargetCluster(), CLUSTERS));
        }
        Hook.Job job = Hook.image(spec.getImage())
                .on(spec.getTargetCluster().equals("destination") ? Side.TARGET : Side.SOURCE);
        long seconds = spec.getActiveDeadlineSeconds();
        return seconds == 0
                ? Optional.of(job)
                : lookup.attempt(
                        hook,
                        "spec.activeDeadlineSeconds",
                        "InvalidHookRef",
                        () -> job.deadline(Duration.ofSeconds(seconds)));
    }

    static Optional<MigPlanHook> write(Plan plan, PlannedHook planned, ManifestSheet sheet) {
        String phase = planned.point().wireName();
        if (!(planned.hook() instanceof Hook.Job job)) {
            sheet.lost(
                    "hooks[" + phase + "]",
                    "the hook runs in this process, which a MigHook cannot",
                    "use Hook.image(…), or add the hook again to a plan made from the manifests");
            return Optional.empty();
        }
        MigHook object = new MigHook();
        MigHookSpec spec = object.getSpec();
        spec.setCustom(true);
        spec.setImage(job.image());
        spec.setTargetCluster(job.side() == Side.SOURCE ? "source" : "destination");
        spec.setActiveDeadlineSeconds(job.deadline().toSeconds());
        sheet.add(ManifestKind.MIG_HOOK, object, plan.name() + "-" + phase.toLowerCase(Locale.ROOT));
        NamespaceMapping first = plan.namespaces().get(0);
        MigPlanHook place = new MigPlanHook();
        place.setReference(ManifestSheet.reference(
                ManifestObject.NAMESPACE, object.getMetadata().getName()));
        place.setPhase(phase);
        place.setExecutionNamespace(
                job.namespace().orElse(job.side() == Side.SOURCE ? first.source() : first.target()));
        place.setServiceAccount(job.serviceAccount().orElse("default"));
        return Optional.of(place);
    }
}

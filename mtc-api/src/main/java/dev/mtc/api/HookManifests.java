package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigHookSpec;
import dev.mtc.api.model.v1alpha1.MigPlanHook;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** MigHooks and their places in a plan as {@link PlannedHook}s, and back. */
final class HookManifests {

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
                .flatMap(hook -> MigHookReader.read(hook, lookup))
                .flatMap(it -> inPlace(it, place, path));
        return point.flatMap(at -> job.map(it -> new PlannedHook(at, it)));
    }

    private Optional<Hook.Job> inPlace(Hook.Job job, MigPlanHook place, String path) {
        Optional<Hook.Job> placed = lookup.attempt(
                plan,
                path + ".executionNamespace",
                "InvalidHookNSName",
                () -> job.inNamespace(place.getExecutionNamespace()));
        Optional<Hook.Job> withAccount =
                lookup.attempt(plan, path + ".serviceAccount", "InvalidHookSAName", () -> placed.orElse(job)
                        .serviceAccount(place.getServiceAccount()));
        return placed.flatMap(it -> withAccount);
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
        spec.setCustom(job.playbook().isEmpty());
        job.playbook()
                .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(spec::setPlaybook);
        spec.setImage(job.image());
        spec.setTargetCluster(MigHookReader.word(job.side()));
        spec.setActiveDeadlineSeconds(job.deadline().toSeconds());
        sheet.add(ManifestKind.MIG_HOOK, object, plan.name() + "-" + phase.toLowerCase(Locale.ROOT));
        if (job.retries() != Hook.image(job.image()).retries()) {
            sheet.annotate(object, Annotations.RETRIES, Integer.toString(job.retries()));
        }
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

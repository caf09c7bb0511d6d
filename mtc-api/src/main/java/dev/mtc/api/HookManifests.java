package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigHookSpec;
import dev.mtc.api.model.v1alpha1.MigPlanHook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** MigHooks and their places in a plan as {@link PlannedHook}s, and back. */
final class HookManifests {

    private static final String ORIGIN = "source";
    private static final String DESTINATION = "destination";
    private static final List<String> CLUSTERS = List.of(ORIGIN, DESTINATION);

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

    /** {@return the hook that a MigHook describes, without its place in a plan} */
    private Optional<Hook.Job> job(ManifestObject hook) {
        MigHookSpec spec = hook.as(MigHook.class).getSpec();
        boolean isAsPromised = isAsPromised(hook, spec);
        Optional<String> playbook = playbook(hook, spec);
        Optional<Side> side = side(hook, spec.getTargetCluster());
        Optional<Hook.Job> job = lookup.attempt(
                hook, "spec.image", "InvalidImage", () -> playbook.map(text -> Hook.ansible(spec.getImage(), text))
                        .orElseGet(() -> Hook.image(spec.getImage())));
        return job.filter(it -> isAsPromised)
                .flatMap(it -> side.map(it::on))
                .flatMap(it -> deadline(hook, it))
                .flatMap(it -> retries(hook, it));
    }

    private boolean isAsPromised(ManifestObject hook, MigHookSpec spec) {
        boolean hasPlaybook = hasPlaybook(spec);
        if (spec.isCustom() && hasPlaybook) {
            lookup.wrong(
                    hook,
                    "spec.playbook",
                    "InvalidCustomHook",
                    "is set, but a custom hook runs its image as it is",
                    "remove it, or set custom: false");
        } else if (!spec.isCustom() && !hasPlaybook) {
            lookup.wrong(
                    hook,
                    "spec",
                    "InvalidAnsibleHook",
                    "has no playbook, but a hook that is not custom runs one",
                    "add the playbook in base64, or set custom: true to run the image as it is");
        }
        return spec.isCustom() != hasPlaybook;
    }

    private static boolean hasPlaybook(MigHookSpec spec) {
        return spec.getPlaybook() != null && !spec.getPlaybook().isBlank();
    }

    private Optional<String> playbook(ManifestObject hook, MigHookSpec spec) {
        if (spec.isCustom() || !hasPlaybook(spec)) {
            return Optional.empty();
        }
        String encoded = String.valueOf(spec.getPlaybook()).replaceAll("\\s", "");
        return lookup.attempt(
                hook,
                "spec.playbook",
                "InvalidPlaybookData",
                () -> Hook.Job.requirePlaybook(
                        new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8)));
    }

    private Optional<Side> side(ManifestObject hook, String cluster) {
        if (!CLUSTERS.contains(cluster)) {
            lookup.wrong(
                    hook,
                    "spec.targetCluster",
                    "InvalidTarget",
                    "is '" + cluster + "'",
                    Nearest.fix(cluster, CLUSTERS));
            return Optional.empty();
        }
        return Optional.of(cluster.equals(DESTINATION) ? Side.TARGET : Side.SOURCE);
    }

    private Optional<Hook.Job> deadline(ManifestObject hook, Hook.Job job) {
        long seconds = hook.as(MigHook.class).getSpec().getActiveDeadlineSeconds();
        return seconds == 0
                ? Optional.of(job)
                : lookup.attempt(
                        hook,
                        "spec.activeDeadlineSeconds",
                        "InvalidActiveDeadlineSeconds",
                        () -> job.deadline(Duration.ofSeconds(seconds)));
    }

    private Optional<Hook.Job> retries(ManifestObject hook, Hook.Job job) {
        Optional<String> retries = hook.annotation(Annotations.RETRIES);
        return retries.isEmpty()
                ? Optional.of(job)
                : lookup.attempt(
                        hook,
                        "metadata.annotations." + Annotations.RETRIES,
                        "InvalidAnnotation",
                        () -> job.retries(Integer.parseInt(retries.get())));
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
        spec.setTargetCluster(job.side() == Side.SOURCE ? ORIGIN : DESTINATION);
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

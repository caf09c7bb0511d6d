package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigHookSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads a MigHook; the codes are MTC's conditions of one. */
final class MigHookReader {

    private static final String ORIGIN = "source";
    private static final String DESTINATION = "destination";
    private static final List<String> CLUSTERS = List.of(ORIGIN, DESTINATION);

    private final ManifestObject hook;
    private final MigHookSpec spec;
    private final ManifestLookup lookup;

    private MigHookReader(ManifestObject hook, ManifestLookup lookup) {
        this.hook = hook;
        this.spec = hook.as(MigHook.class).getSpec();
        this.lookup = lookup;
    }

    /** {@return the hook that a MigHook describes, without its place in a plan} */
    static Optional<Hook.Job> read(ManifestObject hook, ManifestLookup lookup) {
        return new MigHookReader(hook, lookup).read();
    }

    /** {@return MTC's word for a side} */
    static String word(Side side) {
        return side == Side.SOURCE ? ORIGIN : DESTINATION;
    }

    private Optional<Hook.Job> read() {
        boolean hasOneForm = hasOneForm();
        Optional<String> playbook = playbook();
        Optional<Side> side = side();
        Optional<Hook.Job> job = lookup.attempt(
                hook, "spec.image", "InvalidImage", () -> playbook.map(text -> Hook.ansible(spec.getImage(), text))
                        .orElseGet(() -> Hook.image(spec.getImage())));
        return job.filter(it -> hasOneForm)
                .flatMap(it -> side.map(it::on))
                .flatMap(this::deadline)
                .flatMap(this::retries);
    }

    private boolean hasOneForm() {
        boolean hasPlaybook = hasPlaybook();
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

    private boolean hasPlaybook() {
        return spec.getPlaybook() != null && !spec.getPlaybook().isBlank();
    }

    private Optional<String> playbook() {
        if (spec.isCustom() || !hasPlaybook()) {
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

    private Optional<Side> side() {
        String cluster = spec.getTargetCluster();
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

    private Optional<Hook.Job> deadline(Hook.Job job) {
        long seconds = spec.getActiveDeadlineSeconds();
        return seconds == 0
                ? Optional.of(job)
                : lookup.attempt(
                        hook,
                        "spec.activeDeadlineSeconds",
                        "InvalidActiveDeadlineSeconds",
                        () -> job.deadline(Duration.ofSeconds(seconds)));
    }

    private Optional<Hook.Job> retries(Hook.Job job) {
        Optional<String> retries = hook.annotation(Annotations.RETRIES);
        return retries.isEmpty()
                ? Optional.of(job)
                : lookup.attempt(
                        hook,
                        "metadata.annotations." + Annotations.RETRIES,
                        "InvalidAnnotation",
                        () -> job.retries(Integer.parseInt(retries.get())));
    }
}

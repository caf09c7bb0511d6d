package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.PersistentVolume;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The annotation that says how much of verified volumes is compared; a MigPlan itself knows only whether. */
final class VerificationManifests {

    private static final String RULE = "*";
    private static final List<String> WORDS = EnumSet.allOf(Verification.class).stream()
            .map(VerificationManifests::word)
            .toList();

    private final Map<String, Verification> levels = new HashMap<>();

    VerificationManifests(ManifestObject plan, ManifestLookup lookup) {
        plan.annotation(Annotations.VERIFICATION).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .forEach(entry -> read(entry, plan, lookup));
    }

    private void read(String entry, ManifestObject plan, ManifestLookup lookup) {
        int equals = entry.indexOf('=');
        String level = entry.substring(equals + 1);
        if (equals > 0 && WORDS.contains(level)) {
            levels.put(entry.substring(0, equals), Verification.valueOf(level.toUpperCase(Locale.ROOT)));
        } else {
            lookup.wrong(
                    plan,
                    "metadata.annotations." + Annotations.VERIFICATION,
                    "WrongType",
                    "has '" + entry + "'",
                    "write namespace/claim=sampled or namespace/claim=metadata, separated by commas");
        }
    }

    /**
     * {@return how much of a verified volume is compared}
     *
     * @param volume an item of persistentVolumes, or the rule for those without one, which names no claim
     */
    Verification of(PersistentVolume volume) {
        String name = volume.getPvc().getName();
        String key = name == null || name.isEmpty() ? RULE : VolumeManifests.claim(volume);
        return levels.getOrDefault(key, Verification.FULL);
    }

    /** {@return the annotation's value, empty if all that is verified is verified in full} */
    static String write(Plan plan) {
        return Stream.concat(
                        entry(RULE, plan.volumeRule()).stream(),
                        plan.volumeExceptions().entrySet().stream()
                                .flatMap(exception -> entry(exception.getKey(), exception.getValue()).stream()))
                .collect(Collectors.joining(","));
    }

    private static Optional<String> entry(String key, VolumeChoice choice) {
        return Optional.of(choice)
                .filter(VolumeChoice.Copy.class::isInstance)
                .flatMap(copy -> ((VolumeChoice.Copy) copy).verification())
                .filter(level -> level != Verification.FULL)
                .map(level -> key + "=" + word(level));
    }

    private static String word(Verification level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}

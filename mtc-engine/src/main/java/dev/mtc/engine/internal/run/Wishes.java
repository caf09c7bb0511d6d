package dev.mtc.engine.internal.run;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.model.v1alpha1.MigMigration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is asked for in annotations of a MigMigration, as MTC has no field for it. They are kept with the run, so that whoever
 * goes on with it does the same.
 */
public final class Wishes {

    private static final String PREFIX = "mtc.dev/";
    private static final String ON_FAILURE = PREFIX + "on-failure";
    private static final String WARM = PREFIX + "warm";

    private Wishes() {}

    /** {@return what happens when a migration fails; a word that was never accepted asks for the usual} */
    static FailurePolicy onFailure(MigMigration migration) {
        return Optional.ofNullable(annotations(migration).get(ON_FAILURE))
                .flatMap(FailurePolicy::ofWord)
                .orElse(FailurePolicy.CLEAN_UP);
    }

    /** {@return whether a cut-over copies volumes once more before it stops the applications} */
    public static boolean isWarm(MigMigration migration) {
        return "true".equals(annotations(migration).get(WARM));
    }

    /** {@return what of the annotations cannot be understood, and what to write instead} */
    static List<String> problems(MigMigration migration) {
        return annotations(migration).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .map(entry -> problem(entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> problem(String key, String value) {
        return switch (key) {
            case ON_FAILURE ->
                FailurePolicy.ofWord(value).isPresent()
                        ? Optional.empty()
                        : Optional.of("annotation " + key + " is '" + value + "': use cleanup, keep or rollback");
            case WARM ->
                value.equals("true") || value.equals("false")
                        ? Optional.empty()
                        : Optional.of("annotation " + key + " is '" + value + "': use true or false");
            default ->
                Optional.of("annotation " + key + " is unknown: use " + ON_FAILURE + " or " + WARM + ", or remove it");
        };
    }

    private static Map<String, String> annotations(MigMigration migration) {
        Map<String, String> annotations = migration.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : new TreeMap<>(annotations);
    }
}

package dev.mtc.api;

import dev.mtc.api.ManifestLookup.Fault;
import dev.mtc.api.PlanManifests.Surroundings;
import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.RunRequest.Option;
import dev.mtc.api.RunRequest.RunAs;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the {@link Migration} that a MigMigration and the plan that it refers to describe. */
final class MigrationManifests {

    private static final String INVALID = "InvalidSpec";
    private static final String NOT_SUPPORTED = "NotSupported";
    private static final String NAME = "metadata.name";
    private static final String ANNOTATIONS = "metadata.annotations.";
    private static final List<String> OWN = List.of(Annotations.ON_FAILURE, Annotations.WARM);

    private final ManifestObject object;
    private final MigMigrationSpec spec;
    private final ManifestLookup lookup;

    private MigrationManifests(ManifestObject object, ManifestLookup lookup) {
        this.object = object;
        this.spec = object.as(MigMigration.class).getSpec();
        this.lookup = lookup;
    }

    static Migration read(ManifestObject object, Surroundings surroundings, ManifestLookup lookup) {
        MigrationManifests reader = new MigrationManifests(object, lookup);
        reader.annotations();
        Kind kind = reader.kind();
        FailurePolicy onFailure = reader.onFailure();
        boolean warm = reader.isWarm();
        boolean named = lookup.attempt(object, NAME, INVALID, () -> Names.label("migration name", object.name()))
                .isPresent();
        Optional<ManifestObject> plan = lookup.find(
                object, "spec.migPlanRef", reader.spec.getMigPlanRef(), ManifestKind.MIG_PLAN, "InvalidPlanRef");
        if (plan.isEmpty()) {
            throw new PlanInvalidException("MigMigration " + object.name(), lookup.problems());
        }
        Plan value = PlanManifests.read(plan.get(), surroundings, lookup);
        Migration migration = reader.flags(Migration.of(value).kind(kind).onFailure(onFailure));
        if (warm) {
            migration.warm();
        }
        return named ? migration.named(object.name()) : migration;
    }

    /** Annotations of ours that a MigMigration does not have are no hints to others, but mistakes. */
    private void annotations() {
        object.json().path("metadata").path("annotations").fieldNames().forEachRemaining(key -> {
            if (key.startsWith(Annotations.PREFIX) && !OWN.contains(key)) {
                lookup.wrong(object, ANNOTATIONS + key, "UnknownField", "is unknown", Nearest.fix(key, OWN));
            }
        });
    }

    private Kind kind() {
        long kinds = Stream.of(spec.isStage(), spec.isMigrateState(), spec.isRollback())
                .filter(asked -> asked)
                .count();
        if (kinds > 1) {
            invalid(
                    "spec",
                    "sets more than one of stage, migrateState and rollback, which exclude each other",
                    "keep one of them");
        }
        if (spec.isCanceled()) {
            invalid(
                    "spec.canceled",
                    "says that the migration is to end, so it would do nothing",
                    "remove it, and call cancel() of the run to cancel that");
        }
        if (spec.isRollback()) {
            return Kind.ROLLBACK;
        } else if (spec.isMigrateState()) {
            return Kind.STATE;
        }
        return spec.isStage() ? Kind.STAGE : Kind.CUTOVER;
    }

    private FailurePolicy onFailure() {
        String word = object.annotation(Annotations.ON_FAILURE).orElse(FailurePolicy.CLEAN_UP.word());
        Optional<FailurePolicy> policy = FailurePolicy.ofWord(word);
        if (policy.isEmpty()) {
            invalid(ANNOTATIONS + Annotations.ON_FAILURE, "is '" + word + "'", "write one of " + FailurePolicy.words());
        }
        return policy.orElse(FailurePolicy.CLEAN_UP);
    }

    private boolean isWarm() {
        String word = object.annotation(Annotations.WARM).orElse("false");
        if (!word.equals("true") && !word.equals("false")) {
            invalid(ANNOTATIONS + Annotations.WARM, "is '" + word + "'", "write \"true\" or \"false\"");
        }
        return word.equals("true");
    }

    private Migration flags(Migration migration) {
        if (spec.isQuiescePods()) {
            migration.quiesce();
        }
        if (spec.isVerify()) {
            migration.verify();
        }
        return migration.also(
                spec.isKeepAnnotations() ? Set.of(Option.KEEP_ANNOTATIONS) : Set.of(),
                new RunAs(spec.getRunAsRoot(), spec.getRunAsUser(), spec.getRunAsGroup()));
    }

    private void invalid(String path, String message, String fix) {
        lookup.wrong(object, path, new Fault(INVALID, NOT_SUPPORTED), message, fix);
    }
}

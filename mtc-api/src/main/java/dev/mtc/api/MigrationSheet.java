package dev.mtc.api;

import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.RunRequest.Option;
import dev.mtc.api.RunRequest.RunAs;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What of a {@link Migration} a MigMigration can say. */
record MigrationSheet(Plan plan, Kind kind, Set<Option> options, RunAs runAs, FailurePolicy onFailure) {

    MigMigration write(String name, String namespace) {
        MigMigration migration = new MigMigration();
        migration.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withAnnotations(annotations())
                .build());
        MigMigrationSpec spec = migration.getSpec();
        spec.setMigPlanRef(ManifestSheet.reference(namespace, plan.name()));
        spec.setStage(kind == Kind.STAGE);
        spec.setMigrateState(kind == Kind.STATE);
        spec.setRollback(kind == Kind.ROLLBACK);
        spec.setQuiescePods(options.contains(Option.QUIESCE));
        spec.setVerify(options.contains(Option.VERIFY));
        spec.setKeepAnnotations(options.contains(Option.KEEP_ANNOTATIONS));
        spec.setRunAsRoot(runAs.root());
        spec.setRunAsUser(runAs.user());
        spec.setRunAsGroup(runAs.group());
        return migration;
    }

    private Map<String, String> annotations() {
        Map<String, String> annotations = new LinkedHashMap<>();
        if (onFailure != FailurePolicy.CLEAN_UP) {
            annotations.put(Annotations.ON_FAILURE, onFailure.word());
        }
        if (options.contains(Option.WARM)) {
            annotations.put(Annotations.WARM, "true");
        }
        return annotations;
    }
}

package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigClusterSpec;
import dev.mtc.api.model.v1alpha1.MigClusterStatus;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigHookSpec;
import dev.mtc.api.model.v1alpha1.MigHookStatus;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import dev.mtc.api.model.v1alpha1.MigMigrationStatus;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import dev.mtc.api.model.v1alpha1.MigPlanStatus;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.MigStorageSpec;
import dev.mtc.api.model.v1alpha1.MigStorageStatus;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds that manifests may hold, in the order in which they are applied. */
enum ManifestKind {
    SECRET("Secret", io.fabric8.kubernetes.api.model.Secret.class),
    CONFIG_MAP("ConfigMap", ConfigMap.class),
    MIG_CLUSTER("MigCluster", MigCluster.class, MigClusterSpec.class, MigClusterStatus.class),
    MIG_STORAGE("MigStorage", MigStorage.class, MigStorageSpec.class, MigStorageStatus.class),
    MIG_HOOK("MigHook", MigHook.class, MigHookSpec.class, MigHookStatus.class),
    MIG_PLAN("MigPlan", MigPlan.class, MigPlanSpec.class, MigPlanStatus.class),
    MIG_MIGRATION("MigMigration", MigMigration.class, MigMigrationSpec.class, MigMigrationStatus.class);

    private final String word;
    private final String apiVersion;
    private final Class<? extends HasMetadata> type;
    private final @Nullable Class<?> spec;
    private final @Nullable Class<?> status;

    ManifestKind(String word, Class<? extends HasMetadata> type) {
        this.word = word;
        this.apiVersion = "v1";
        this.type = type;
        this.spec = null;
        this.status = null;
    }

    ManifestKind(String word, Class<? extends HasMetadata> type, Class<?> spec, Class<?> status) {
        this.word = word;
        this.apiVersion = MigrationResource.GROUP + "/" + MigrationResource.VERSION;
        this.type = type;
        this.spec = spec;
        this.status = status;
    }

    static Optional<ManifestKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(ManifestKind::word).toList();
    }

    /** {@return the kind as manifests write it} */
    String word() {
        return word;
    }

    String apiVersion() {
        return apiVersion;
    }

    Class<? extends HasMetadata> type() {
        return type;
    }

    /** {@return the types of the top-level fields; empty where they are those of the class itself} */
    Map<String, Class<?>> fields() {
        return spec == null || status == null
                ? Map.of()
                : Map.of(
                        "apiVersion",
                        String.class,
                        "kind",
                        String.class,
                        "metadata",
                        ObjectMeta.class,
                        "spec",
                        spec,
                        "status",
                        status);
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Which object store holds backups. MTC's CRD reference, MigStorage spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "backupStorageProvider",
    "backupStorageConfig",
    "volumeSnapshotProvider",
    "volumeSnapshotConfig",
    "refresh"
})
public final class MigStorageSpec extends WireObject {

    @JsonProperty(value = "backupStorageProvider", required = true)
    @JsonPropertyDescription("Kind of store: aws (every S3-compatible one), azure or gcp.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String backupStorageProvider = "";

    @JsonProperty(value = "backupStorageConfig", required = true)
    @JsonPropertyDescription("How to reach the store.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private BackupStorageConfig backupStorageConfig = new BackupStorageConfig();

    @JsonProperty("volumeSnapshotProvider")
    @JsonPropertyDescription("Who takes volume snapshots: aws, azure or gcp; the backup provider if empty.")
    private @Nullable String volumeSnapshotProvider;

    @JsonProperty("volumeSnapshotConfig")
    @JsonPropertyDescription("How snapshots are taken.")
    private VolumeSnapshotConfig volumeSnapshotConfig = new VolumeSnapshotConfig();

    @JsonProperty("refresh")
    @JsonPropertyDescription("Set to have the storage checked again now; reset afterwards.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean refresh;

    public String getBackupStorageProvider() {
        return backupStorageProvider;
    }

    public void setBackupStorageProvider(@Nullable String backupStorageProvider) {
        this.backupStorageProvider = orEmpty(backupStorageProvider);
    }

    public BackupStorageConfig getBackupStorageConfig() {
        return backupStorageConfig;
    }

    public void setBackupStorageConfig(@Nullable BackupStorageConfig backupStorageConfig) {
        this.backupStorageConfig = backupStorageConfig == null ? new BackupStorageConfig() : backupStorageConfig;
    }

    public @Nullable String getVolumeSnapshotProvider() {
        return volumeSnapshotProvider;
    }

    public void setVolumeSnapshotProvider(@Nullable String volumeSnapshotProvider) {
        this.volumeSnapshotProvider = volumeSnapshotProvider;
    }

    public VolumeSnapshotConfig getVolumeSnapshotConfig() {
        return volumeSnapshotConfig;
    }

    public void setVolumeSnapshotConfig(@Nullable VolumeSnapshotConfig volumeSnapshotConfig) {
        this.volumeSnapshotConfig = volumeSnapshotConfig == null ? new VolumeSnapshotConfig() : volumeSnapshotConfig;
    }

    public boolean isRefresh() {
        return refresh;
    }

    public void setRefresh(boolean refresh) {
        this.refresh = refresh;
    }
}

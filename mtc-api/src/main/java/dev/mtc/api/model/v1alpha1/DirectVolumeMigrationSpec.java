package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Claims whose data is copied. MTC's CRD reference, DirectVolumeMigration spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "srcMigClusterRef",
    "destMigClusterRef",
    "backOffLimit",
    "persistentVolumeClaims",
    "createDestinationNamespaces",
    "deleteProgressReportingCRs",
    "liveMigrate",
    "migrationType"
})
public final class DirectVolumeMigrationSpec extends WireObject {

    @JsonProperty("srcMigClusterRef")
    @JsonPropertyDescription("MigCluster to take from.")
    private @Nullable ObjectReference srcMigClusterRef;

    @JsonProperty("destMigClusterRef")
    @JsonPropertyDescription("MigCluster to bring to.")
    private @Nullable ObjectReference destMigClusterRef;

    @JsonProperty("backOffLimit")
    @JsonPropertyDescription("How often the copy of a claim is tried; 20 if 0.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private int backOffLimit;

    @JsonProperty("persistentVolumeClaims")
    @JsonPropertyDescription("Claims to copy.")
    private List<PvcToMigrate> persistentVolumeClaims = new ArrayList<>();

    @JsonProperty("createDestinationNamespaces")
    @JsonPropertyDescription("Whether missing namespaces are created on the target.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean createDestinationNamespaces;

    @JsonProperty("deleteProgressReportingCRs")
    @JsonPropertyDescription("Whether the DirectVolumeMigrationProgresses are deleted at the end.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean deleteProgressReportingCrs;

    @JsonProperty("liveMigrate")
    @JsonPropertyDescription("Whether disks of running virtual machines are moved without stopping them.")
    private @Nullable Boolean liveMigrate;

    @JsonProperty("migrationType")
    @JsonPropertyDescription("Stage, CutOver or Rollback.")
    private @Nullable String migrationType;

    public @Nullable ObjectReference getSrcMigClusterRef() {
        return srcMigClusterRef;
    }

    public void setSrcMigClusterRef(@Nullable ObjectReference srcMigClusterRef) {
        this.srcMigClusterRef = srcMigClusterRef;
    }

    public @Nullable ObjectReference getDestMigClusterRef() {
        return destMigClusterRef;
    }

    public void setDestMigClusterRef(@Nullable ObjectReference destMigClusterRef) {
        this.destMigClusterRef = destMigClusterRef;
    }

    public int getBackOffLimit() {
        return backOffLimit;
    }

    public void setBackOffLimit(int backOffLimit) {
        this.backOffLimit = backOffLimit;
    }

    public List<PvcToMigrate> getPersistentVolumeClaims() {
        return persistentVolumeClaims;
    }

    public void setPersistentVolumeClaims(@Nullable List<PvcToMigrate> persistentVolumeClaims) {
        this.persistentVolumeClaims = own(persistentVolumeClaims);
    }

    public boolean isCreateDestinationNamespaces() {
        return createDestinationNamespaces;
    }

    public void setCreateDestinationNamespaces(boolean createDestinationNamespaces) {
        this.createDestinationNamespaces = createDestinationNamespaces;
    }

    public boolean isDeleteProgressReportingCrs() {
        return deleteProgressReportingCrs;
    }

    public void setDeleteProgressReportingCrs(boolean deleteProgressReportingCrs) {
        this.deleteProgressReportingCrs = deleteProgressReportingCrs;
    }

    public @Nullable Boolean getLiveMigrate() {
        return liveMigrate;
    }

    public void setLiveMigrate(@Nullable Boolean liveMigrate) {
        this.liveMigrate = liveMigrate;
    }

    public @Nullable String getMigrationType() {
        return migrationType;
    }

    public void setMigrationType(@Nullable String migrationType) {
        this.migrationType = migrationType;
    }
}

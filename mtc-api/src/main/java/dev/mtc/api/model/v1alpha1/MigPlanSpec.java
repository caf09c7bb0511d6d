package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be migrated, from where, to where. MTC's CRD reference, MigPlan spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "persistentVolumes",
    "namespaces",
    "srcMigClusterRef",
    "destMigClusterRef",
    "migStorageRef",
    "closed",
    "hooks",
    "refresh",
    "indirectImageMigration",
    "indirectVolumeMigration",
    "includedResources",
    "labelSelector",
    "liveMigrate"
})
public final class MigPlanSpec extends WireObject {

    @JsonProperty("persistentVolumes")
    @JsonPropertyDescription("Volumes found in the namespaces and what is to be done with each.")
    private List<PersistentVolume> persistentVolumes = new ArrayList<>();

    @JsonProperty("namespaces")
    @JsonPropertyDescription("Namespaces, each as src or src:dst.")
    private List<String> namespaces = new ArrayList<>();

    @JsonProperty("srcMigClusterRef")
    @JsonPropertyDescription("MigCluster to migrate from.")
    private @Nullable ObjectReference srcMigClusterRef;

    @JsonProperty("destMigClusterRef")
    @JsonPropertyDescription("MigCluster to migrate to.")
    private @Nullable ObjectReference destMigClusterRef;

    @JsonProperty("migStorageRef")
    @JsonPropertyDescription("MigStorage that objects go through; not needed to convert storage classes.")
    private @Nullable ObjectReference migStorageRef;

    @JsonProperty("closed")
    @JsonPropertyDescription("Whether the plan is finished; it is then cleaned up and never Ready.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean closed;

    @JsonProperty("hooks")
    @JsonPropertyDescription("Hooks to run, at most one for each phase.")
    private List<MigPlanHook> hooks = new ArrayList<>();

    @JsonProperty("refresh")
    @JsonPropertyDescription("Set to have the plan checked again now; reset afterwards.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean refresh;

    @JsonProperty("indirectImageMigration")
    @JsonPropertyDescription("Whether images go through the storage instead of straight from registry to registry.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean indirectImageMigration;

    @JsonProperty("indirectVolumeMigration")
    @JsonPropertyDescription(
            "Whether volume data goes through the storage instead of straight from cluster to cluster.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean indirectVolumeMigration;

    @JsonProperty("includedResources")
    @JsonPropertyDescription("The only kinds to migrate; all if empty.")
    private List<GroupKind> includedResources = new ArrayList<>();

    @JsonProperty("labelSelector")
    @JsonPropertyDescription("The only objects and image streams to migrate; all if absent.")
    private @Nullable LabelSelector labelSelector;

    @JsonProperty("liveMigrate")
    @JsonPropertyDescription("Whether disks of running virtual machines are converted without stopping them.")
    private @Nullable Boolean liveMigrate;

    public List<PersistentVolume> getPersistentVolumes() {
        return persistentVolumes;
    }

    public void setPersistentVolumes(@Nullable List<PersistentVolume> persistentVolumes) {
        this.persistentVolumes = own(persistentVolumes);
    }

    public List<String> getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(@Nullable List<String> namespaces) {
        this.namespaces = own(namespaces);
    }

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

    public @Nullable ObjectReference getMigStorageRef() {
        return migStorageRef;
    }

    public void setMigStorageRef(@Nullable ObjectReference migStorageRef) {
        this.migStorageRef = migStorageRef;
    }

    public boolean isClosed() {
        return closed;
    }

    public void setClosed(boolean closed) {
        this.closed = closed;
    }

    public List<MigPlanHook> getHooks() {
        return hooks;
    }

    public void setHooks(@Nullable List<MigPlanHook> hooks) {
        this.hooks = own(hooks);
    }

    public boolean isRefresh() {
        return refresh;
    }

    public void setRefresh(boolean refresh) {
        this.refresh = refresh;
    }

    public boolean isIndirectImageMigration() {
        return indirectImageMigration;
    }

    public void setIndirectImageMigration(boolean indirectImageMigration) {
        this.indirectImageMigration = indirectImageMigration;
    }

    public boolean isIndirectVolumeMigration() {
        return indirectVolumeMigration;
    }

    public void setIndirectVolumeMigration(boolean indirectVolumeMigration) {
        this.indirectVolumeMigration = indirectVolumeMigration;
    }

    public List<GroupKind> getIncludedResources() {
        return includedResources;
    }

    public void setIncludedResources(@Nullable List<GroupKind> includedResources) {
        this.includedResources = own(includedResources);
    }

    public @Nullable LabelSelector getLabelSelector() {
        return labelSelector;
    }

    public void setLabelSelector(@Nullable LabelSelector labelSelector) {
        this.labelSelector = labelSelector;
    }

    public @Nullable Boolean getLiveMigrate() {
        return liveMigrate;
    }

    public void setLiveMigrate(@Nullable Boolean liveMigrate) {
        this.liveMigrate = liveMigrate;
    }
}

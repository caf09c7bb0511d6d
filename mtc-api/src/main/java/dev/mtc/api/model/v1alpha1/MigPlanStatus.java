package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a plan. MTC's CRD reference, MigPlan status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "namespaces",
    "conditions",
    "incompatibleNamespaces",
    "suffix",
    "observedDigest",
    "excludedResources",
    "srcStorageClasses",
    "destStorageClasses"
})
public final class MigPlanStatus extends ConditionedStatus {

    @JsonProperty("namespaces")
    @JsonPropertyDescription("Namespaces with unhealthy pods on the source.")
    private List<UnhealthyNamespace> namespaces = new ArrayList<>();

    @JsonProperty("incompatibleNamespaces")
    @JsonPropertyDescription("Namespaces with objects of kinds that the target does not serve.")
    private List<IncompatibleNamespace> incompatibleNamespaces = new ArrayList<>();

    @JsonProperty("suffix")
    @JsonPropertyDescription("Four random characters, made once, that end the names of converted claims.")
    private @Nullable String suffix;

    @JsonProperty("observedDigest")
    @JsonPropertyDescription("Lower-case hex SHA-256 of the spec that this status was made from.")
    private @Nullable String observedDigest;

    @JsonProperty("excludedResources")
    @JsonPropertyDescription("Resources that are never migrated.")
    private List<String> excludedResources = new ArrayList<>();

    @JsonProperty("srcStorageClasses")
    @JsonPropertyDescription("Storage classes of the source.")
    private List<PlanStorageClass> srcStorageClasses = new ArrayList<>();

    @JsonProperty("destStorageClasses")
    @JsonPropertyDescription("Storage classes of the target.")
    private List<PlanStorageClass> destStorageClasses = new ArrayList<>();

    public List<UnhealthyNamespace> getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(@Nullable List<UnhealthyNamespace> namespaces) {
        this.namespaces = own(namespaces);
    }

    public List<IncompatibleNamespace> getIncompatibleNamespaces() {
        return incompatibleNamespaces;
    }

    public void setIncompatibleNamespaces(@Nullable List<IncompatibleNamespace> incompatibleNamespaces) {
        this.incompatibleNamespaces = own(incompatibleNamespaces);
    }

    public @Nullable String getSuffix() {
        return suffix;
    }

    public void setSuffix(@Nullable String suffix) {
        this.suffix = suffix;
    }

    public @Nullable String getObservedDigest() {
        return observedDigest;
    }

    public void setObservedDigest(@Nullable String observedDigest) {
        this.observedDigest = observedDigest;
    }

    public List<String> getExcludedResources() {
        return excludedResources;
    }

    public void setExcludedResources(@Nullable List<String> excludedResources) {
        this.excludedResources = own(excludedResources);
    }

    public List<PlanStorageClass> getSrcStorageClasses() {
        return srcStorageClasses;
    }

    public void setSrcStorageClasses(@Nullable List<PlanStorageClass> srcStorageClasses) {
        this.srcStorageClasses = own(srcStorageClasses);
    }

    public List<PlanStorageClass> getDestStorageClasses() {
        return destStorageClasses;
    }

    public void setDestStorageClasses(@Nullable List<PlanStorageClass> destStorageClasses) {
        this.destStorageClasses = own(destStorageClasses);
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim in a plan. MTC's CRD reference, MigPlan spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"namespace", "name", "accessModes", "volumeMode", "hasReference", "ownerType"})
public final class PlanClaim extends WireObject {

    @JsonProperty("namespace")
    @JsonPropertyDescription("Namespace on the source.")
    private @Nullable String namespace;

    @JsonProperty("name")
    @JsonPropertyDescription("Name, as src or src:dst.")
    private @Nullable String name;

    @JsonProperty("accessModes")
    @JsonPropertyDescription("Access modes on the source.")
    private List<String> accessModes = new ArrayList<>();

    @JsonProperty("volumeMode")
    @JsonPropertyDescription("Filesystem or Block.")
    private @Nullable String volumeMode;

    @JsonProperty("hasReference")
    @JsonPropertyDescription("Whether some pod uses the claim.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean referenced;

    @JsonProperty("ownerType")
    @JsonPropertyDescription("Kind of the workload that uses the claim, or Unknown.")
    private @Nullable String ownerType;

    public @Nullable String getNamespace() {
        return namespace;
    }

    public void setNamespace(@Nullable String namespace) {
        this.namespace = namespace;
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public List<String> getAccessModes() {
        return accessModes;
    }

    public void setAccessModes(@Nullable List<String> accessModes) {
        this.accessModes = own(accessModes);
    }

    public @Nullable String getVolumeMode() {
        return volumeMode;
    }

    public void setVolumeMode(@Nullable String volumeMode) {
        this.volumeMode = volumeMode;
    }

    public boolean isReferenced() {
        return referenced;
    }

    public void setReferenced(boolean referenced) {
        this.referenced = referenced;
    }

    public @Nullable String getOwnerType() {
        return ownerType;
    }

    public void setOwnerType(@Nullable String ownerType) {
        this.ownerType = ownerType;
    }
}

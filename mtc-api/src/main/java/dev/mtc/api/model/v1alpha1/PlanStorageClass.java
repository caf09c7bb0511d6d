package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A storage class to choose from. MTC's CRD reference, MigPlan status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"name", "provisioner", "default", "volumeAccessModes"})
public final class PlanStorageClass extends WireObject {

    @JsonProperty("name")
    @JsonPropertyDescription("Name of the storage class.")
    private @Nullable String name;

    @JsonProperty("provisioner")
    @JsonPropertyDescription("Who provisions its volumes.")
    private @Nullable String provisioner;

    @JsonProperty("default")
    @JsonPropertyDescription("Whether it is the cluster's default.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean defaultClass;

    @JsonProperty("volumeAccessModes")
    @JsonPropertyDescription("Access modes that it offers, by volume mode.")
    private List<VolumeModeAccess> volumeAccessModes = new ArrayList<>();

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public @Nullable String getProvisioner() {
        return provisioner;
    }

    public void setProvisioner(@Nullable String provisioner) {
        this.provisioner = provisioner;
    }

    public boolean isDefaultClass() {
        return defaultClass;
    }

    public void setDefaultClass(boolean defaultClass) {
        this.defaultClass = defaultClass;
    }

    public List<VolumeModeAccess> getVolumeAccessModes() {
        return volumeAccessModes;
    }

    public void setVolumeAccessModes(@Nullable List<VolumeModeAccess> volumeAccessModes) {
        this.volumeAccessModes = own(volumeAccessModes);
    }
}

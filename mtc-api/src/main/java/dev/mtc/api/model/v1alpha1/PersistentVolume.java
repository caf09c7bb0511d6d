package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * A volume in a plan. MTC's CRD reference, MigPlan spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "name",
    "capacity",
    "storageClass",
    "supported",
    "selection",
    "pvc",
    "capacityConfirmed",
    "proposedCapacity"
})
public final class PersistentVolume extends WireObject {

    @JsonProperty("name")
    @JsonPropertyDescription("Name of the PersistentVolume.")
    private @Nullable String name;

    @JsonProperty("capacity")
    @JsonPropertyDescription("Capacity of the PersistentVolume.")
    private Quantity capacity = new Quantity("0");

    @JsonProperty("storageClass")
    @JsonPropertyDescription("Storage class on the source.")
    private @Nullable String storageClass;

    @JsonProperty(value = "supported", required = true)
    @JsonPropertyDescription("What can be done with the volume.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private Supported supported = new Supported();

    @JsonProperty(value = "selection", required = true)
    @JsonPropertyDescription("What is to be done with the volume.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private Selection selection = new Selection();

    @JsonProperty("pvc")
    @JsonPropertyDescription("Claim that is bound to the volume.")
    private PlanClaim pvc = new PlanClaim();

    @JsonProperty("capacityConfirmed")
    @JsonPropertyDescription("Whether the user accepted the proposed capacity.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean capacityConfirmed;

    @JsonProperty("proposedCapacity")
    @JsonPropertyDescription("Capacity to ask for on the target; 0 for that of the source.")
    private Quantity proposedCapacity = new Quantity("0");

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public Quantity getCapacity() {
        return capacity;
    }

    public void setCapacity(@Nullable Quantity capacity) {
        this.capacity = capacity == null ? new Quantity("0") : capacity;
    }

    public @Nullable String getStorageClass() {
        return storageClass;
    }

    public void setStorageClass(@Nullable String storageClass) {
        this.storageClass = storageClass;
    }

    public Supported getSupported() {
        return supported;
    }

    public void setSupported(@Nullable Supported supported) {
        this.supported = supported == null ? new Supported() : supported;
    }

    public Selection getSelection() {
        return selection;
    }

    public void setSelection(@Nullable Selection selection) {
        this.selection = selection == null ? new Selection() : selection;
    }

    public PlanClaim getPvc() {
        return pvc;
    }

    public void setPvc(@Nullable PlanClaim pvc) {
        this.pvc = pvc == null ? new PlanClaim() : pvc;
    }

    public boolean isCapacityConfirmed() {
        return capacityConfirmed;
    }

    public void setCapacityConfirmed(boolean capacityConfirmed) {
        this.capacityConfirmed = capacityConfirmed;
    }

    public Quantity getProposedCapacity() {
        return proposedCapacity;
    }

    public void setProposedCapacity(@Nullable Quantity proposedCapacity) {
        this.proposedCapacity = proposedCapacity == null ? new Quantity("0") : proposedCapacity;
    }
}

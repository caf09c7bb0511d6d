package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * A live migration of a virtual machine's disk. MTC's CRD reference, DirectVolumeMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "vmName",
    "vmNamespace",
    "pvcRef",
    "lastObservedProgressPercent",
    "lastObservedTransferRate",
    "totalElapsedTime",
    "message"
})
public final class LiveMigrationProgress extends WireObject {

    @JsonProperty("vmName")
    @JsonPropertyDescription("Name of the virtual machine.")
    private @Nullable String vmName;

    @JsonProperty("vmNamespace")
    @JsonPropertyDescription("Namespace of the virtual machine.")
    private @Nullable String vmNamespace;

    @JsonProperty("pvcRef")
    @JsonPropertyDescription("Claim that is migrated.")
    private @Nullable ObjectReference pvcRef;

    @JsonProperty("lastObservedProgressPercent")
    @JsonPropertyDescription("How much is copied, for example 42%.")
    private @Nullable String lastObservedProgressPercent;

    @JsonProperty("lastObservedTransferRate")
    @JsonPropertyDescription("How fast it copies.")
    private @Nullable String lastObservedTransferRate;

    @JsonProperty("totalElapsedTime")
    @JsonPropertyDescription("How long it took, as a duration such as 1m3s.")
    private @Nullable String totalElapsedTime;

    @JsonProperty("message")
    @JsonPropertyDescription("What is the matter.")
    private @Nullable String message;

    public @Nullable String getVmName() {
        return vmName;
    }

    public void setVmName(@Nullable String vmName) {
        this.vmName = vmName;
    }

    public @Nullable String getVmNamespace() {
        return vmNamespace;
    }

    public void setVmNamespace(@Nullable String vmNamespace) {
        this.vmNamespace = vmNamespace;
    }

    public @Nullable ObjectReference getPvcRef() {
        return pvcRef;
    }

    public void setPvcRef(@Nullable ObjectReference pvcRef) {
        this.pvcRef = pvcRef;
    }

    public @Nullable String getLastObservedProgressPercent() {
        return lastObservedProgressPercent;
    }

    public void setLastObservedProgressPercent(@Nullable String lastObservedProgressPercent) {
        this.lastObservedProgressPercent = lastObservedProgressPercent;
    }

    public @Nullable String getLastObservedTransferRate() {
        return lastObservedTransferRate;
    }

    public void setLastObservedTransferRate(@Nullable String lastObservedTransferRate) {
        this.lastObservedTransferRate = lastObservedTransferRate;
    }

    public @Nullable String getTotalElapsedTime() {
        return totalElapsedTime;
    }

    public void setTotalElapsedTime(@Nullable String totalElapsedTime) {
        this.totalElapsedTime = totalElapsedTime;
    }

    public @Nullable String getMessage() {
        return message;
    }

    public void setMessage(@Nullable String message) {
        this.message = message;
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * A pod that copies a claim. MTC's CRD reference, DirectVolumeMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "kind",
    "namespace",
    "name",
    "uid",
    "apiVersion",
    "resourceVersion",
    "fieldPath",
    "pvcRef",
    "lastObservedProgressPercent",
    "lastObservedTransferRate",
    "totalElapsedTime"
})
public final class PodProgress extends InlineReference {

    @JsonProperty("pvcRef")
    @JsonPropertyDescription("Claim that it copies.")
    private @Nullable ObjectReference pvcRef;

    @JsonProperty("lastObservedProgressPercent")
    @JsonPropertyDescription("How much is copied, for example 42%.")
    private @Nullable String lastObservedProgressPercent;

    @JsonProperty("lastObservedTransferRate")
    @JsonPropertyDescription("How fast it copies, for example 11.20MB/s.")
    private @Nullable String lastObservedTransferRate;

    @JsonProperty("totalElapsedTime")
    @JsonPropertyDescription("How long all tries took, as a duration such as 1m3s.")
    private @Nullable String totalElapsedTime;

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
}

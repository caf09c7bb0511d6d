package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object store. MTC's CRD reference, MigStorage status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"conditions", "observedDigest"})
public final class MigStorageStatus extends ConditionedStatus {

    @JsonProperty("observedDigest")
    @JsonPropertyDescription("Lower-case hex SHA-256 of the spec that this status was made from.")
    private @Nullable String observedDigest;

    public @Nullable String getObservedDigest() {
        return observedDigest;
    }

    public void setObservedDigest(@Nullable String observedDigest) {
        this.observedDigest = observedDigest;
    }
}

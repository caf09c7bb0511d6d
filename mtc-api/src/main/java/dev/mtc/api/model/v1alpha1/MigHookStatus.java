package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What is known of a hook. MTC's CRD reference, MigHook status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"conditions", "observedGeneration"})
public final class MigHookStatus extends ConditionedStatus {

    @JsonProperty("observedGeneration")
    @JsonPropertyDescription(
            "Generation that this status belongs to: that of the metadata plus one, for the write itself.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private long observedGeneration;

    public long getObservedGeneration() {
        return observedGeneration;
    }

    public void setObservedGeneration(long observedGeneration) {
        this.observedGeneration = observedGeneration;
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a migration is. MTC's CRD reference, MigMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "conditions",
    "namespaces",
    "observedDigest",
    "startTimestamp",
    "phase",
    "pipeline",
    "itinerary",
    "errors"
})
public final class MigMigrationStatus extends ConditionedStatus {

    @JsonProperty("namespaces")
    @JsonPropertyDescription("Namespaces with unhealthy pods on the target.")
    private List<UnhealthyNamespace> namespaces = new ArrayList<>();

    @JsonProperty("observedDigest")
    @JsonPropertyDescription("Lower-case hex SHA-256 of the spec that this status was made from.")
    private @Nullable String observedDigest;

    @JsonProperty("startTimestamp")
    @JsonPropertyDescription("When work began, in RFC 3339.")
    private @Nullable String startTimestamp;

    @JsonProperty("phase")
    @JsonPropertyDescription("Phase that runs or runs next; Completed at the end.")
    private @Nullable String phase;

    @JsonProperty("pipeline")
    @JsonPropertyDescription("Steps in the order in which they run.")
    private List<PipelineStep> pipeline = new ArrayList<>();

    @JsonProperty("itinerary")
    @JsonPropertyDescription("Itinerary whose phases are run.")
    private @Nullable String itinerary;

    @JsonProperty("errors")
    @JsonPropertyDescription("What went wrong, without duplicates.")
    private List<String> errors = new ArrayList<>();

    public List<UnhealthyNamespace> getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(@Nullable List<UnhealthyNamespace> namespaces) {
        this.namespaces = own(namespaces);
    }

    public @Nullable String getObservedDigest() {
        return observedDigest;
    }

    public void setObservedDigest(@Nullable String observedDigest) {
        this.observedDigest = observedDigest;
    }

    public @Nullable String getStartTimestamp() {
        return startTimestamp;
    }

    public void setStartTimestamp(@Nullable String startTimestamp) {
        this.startTimestamp = startTimestamp;
    }

    public @Nullable String getPhase() {
        return phase;
    }

    public void setPhase(@Nullable String phase) {
        this.phase = phase;
    }

    public List<PipelineStep> getPipeline() {
        return pipeline;
    }

    public void setPipeline(@Nullable List<PipelineStep> pipeline) {
        this.pipeline = own(pipeline);
    }

    public @Nullable String getItinerary() {
        return itinerary;
    }

    public void setItinerary(@Nullable String itinerary) {
        this.itinerary = itinerary;
    }

    public List<String> getErrors() {
        return errors;
    }

    public void setErrors(@Nullable List<String> errors) {
        this.errors = own(errors);
    }
}

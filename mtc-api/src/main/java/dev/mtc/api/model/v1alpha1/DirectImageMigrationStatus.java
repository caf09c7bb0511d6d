package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a copy of image streams is. MTC's CRD reference, DirectImageMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "conditions",
    "observedDigest",
    "startTimestamp",
    "phase",
    "itinerary",
    "errors",
    "newISs",
    "successfulISs",
    "deletedISs",
    "failedISs"
})
public final class DirectImageMigrationStatus extends ConditionedStatus {

    @JsonProperty("observedDigest")
    @JsonPropertyDescription("Lower-case hex SHA-256 of the spec that this status was made from.")
    private @Nullable String observedDigest;

    @JsonProperty("startTimestamp")
    @JsonPropertyDescription("When work began, in RFC 3339.")
    private @Nullable String startTimestamp;

    @JsonProperty("phase")
    @JsonPropertyDescription("Phase that runs or runs next; Completed at the end.")
    private @Nullable String phase;

    @JsonProperty("itinerary")
    @JsonPropertyDescription("Itinerary whose phases are run.")
    private @Nullable String itinerary;

    @JsonProperty("errors")
    @JsonPropertyDescription("What went wrong, without duplicates.")
    private List<String> errors = new ArrayList<>();

    @JsonProperty("newISs")
    @JsonPropertyDescription("Image streams not yet done.")
    private List<ImageStreamListItem> newImageStreams = new ArrayList<>();

    @JsonProperty("successfulISs")
    @JsonPropertyDescription("Image streams copied.")
    private List<ImageStreamListItem> successfulImageStreams = new ArrayList<>();

    @JsonProperty("deletedISs")
    @JsonPropertyDescription("Image streams that went away meanwhile.")
    private List<ImageStreamListItem> deletedImageStreams = new ArrayList<>();

    @JsonProperty("failedISs")
    @JsonPropertyDescription("Image streams that could not be copied.")
    private List<ImageStreamListItem> failedImageStreams = new ArrayList<>();

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

    public List<ImageStreamListItem> getNewImageStreams() {
        return newImageStreams;
    }

    public void setNewImageStreams(@Nullable List<ImageStreamListItem> newImageStreams) {
        this.newImageStreams = own(newImageStreams);
    }

    public List<ImageStreamListItem> getSuccessfulImageStreams() {
        return successfulImageStreams;
    }

    public void setSuccessfulImageStreams(@Nullable List<ImageStreamListItem> successfulImageStreams) {
        this.successfulImageStreams = own(successfulImageStreams);
    }

    public List<ImageStreamListItem> getDeletedImageStreams() {
        return deletedImageStreams;
    }

    public void setDeletedImageStreams(@Nullable List<ImageStreamListItem> deletedImageStreams) {
        this.deletedImageStreams = own(deletedImageStreams);
    }

    public List<ImageStreamListItem> getFailedImageStreams() {
        return failedImageStreams;
    }

    public void setFailedImageStreams(@Nullable List<ImageStreamListItem> failedImageStreams) {
        this.failedImageStreams = own(failedImageStreams);
    }
}

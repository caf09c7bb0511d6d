package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a copy of claims is. MTC's CRD reference, DirectVolumeMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "conditions",
    "observedDigest",
    "startTimestamp",
    "phaseDescription",
    "phase",
    "itinerary",
    "errors",
    "successfulPods",
    "failedPods",
    "runningPods",
    "pendingPods",
    "unknownPods",
    "pendingSinceTimeLimitPods",
    "successfulLiveMigration",
    "runningLiveMigration",
    "pendingLiveMigration",
    "failedLiveMigration",
    "rsyncOperations",
    "skippedVolumes"
})
public final class DirectVolumeMigrationStatus extends ConditionedStatus {

    @JsonProperty(value = "observedDigest", required = true)
    @JsonPropertyDescription("Lower-case hex SHA-256 of the spec that this status was made from.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String observedDigest = "";

    @JsonProperty("startTimestamp")
    @JsonPropertyDescription("When work began, in RFC 3339.")
    private @Nullable String startTimestamp;

    @JsonProperty(value = "phaseDescription", required = true)
    @JsonPropertyDescription("What the phase does.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String phaseDescription = "";

    @JsonProperty("phase")
    @JsonPropertyDescription("Phase that runs or runs next; Completed at the end.")
    private @Nullable String phase;

    @JsonProperty("itinerary")
    @JsonPropertyDescription("Itinerary whose phases are run.")
    private @Nullable String itinerary;

    @JsonProperty("errors")
    @JsonPropertyDescription("What went wrong, without duplicates.")
    private List<String> errors = new ArrayList<>();

    @JsonProperty("successfulPods")
    @JsonPropertyDescription("Copies that succeeded.")
    private List<PodProgress> successfulPods = new ArrayList<>();

    @JsonProperty("failedPods")
    @JsonPropertyDescription("Copies that failed for good.")
    private List<PodProgress> failedPods = new ArrayList<>();

    @JsonProperty("runningPods")
    @JsonPropertyDescription("Copies that run or will be tried again.")
    private List<PodProgress> runningPods = new ArrayList<>();

    @JsonProperty("pendingPods")
    @JsonPropertyDescription("Copies whose pod waits to start.")
    private List<PodProgress> pendingPods = new ArrayList<>();

    @JsonProperty("unknownPods")
    @JsonPropertyDescription("Copies of which nothing is known yet.")
    private List<PodProgress> unknownPods = new ArrayList<>();

    @JsonProperty("pendingSinceTimeLimitPods")
    @JsonPropertyDescription("Copies whose pod has waited for more than ten minutes.")
    private List<PodProgress> pendingSinceTimeLimitPods = new ArrayList<>();

    @JsonProperty("successfulLiveMigration")
    @JsonPropertyDescription("Live migrations that succeeded.")
    private List<LiveMigrationProgress> successfulLiveMigrations = new ArrayList<>();

    @JsonProperty("runningLiveMigration")
    @JsonPropertyDescription("Live migrations that run.")
    private List<LiveMigrationProgress> runningLiveMigrations = new ArrayList<>();

    @JsonProperty("pendingLiveMigration")
    @JsonPropertyDescription("Live migrations that wait to start.")
    private List<LiveMigrationProgress> pendingLiveMigrations = new ArrayList<>();

    @JsonProperty("failedLiveMigration")
    @JsonPropertyDescription("Live migrations that failed.")
    private List<LiveMigrationProgress> failedLiveMigrations = new ArrayList<>();

    @JsonProperty("rsyncOperations")
    @JsonPropertyDescription("One entry for each claim: tries and outcome.")
    private List<RsyncOperation> rsyncOperations = new ArrayList<>();

    @JsonProperty("skippedVolumes")
    @JsonPropertyDescription("Claims left out, as namespace/name.")
    private List<String> skippedVolumes = new ArrayList<>();

    public String getObservedDigest() {
        return observedDigest;
    }

    public void setObservedDigest(@Nullable String observedDigest) {
        this.observedDigest = orEmpty(observedDigest);
    }

    public @Nullable String getStartTimestamp() {
        return startTimestamp;
    }

    public void setStartTimestamp(@Nullable String startTimestamp) {
        this.startTimestamp = startTimestamp;
    }

    public String getPhaseDescription() {
        return phaseDescription;
    }

    public void setPhaseDescription(@Nullable String phaseDescription) {
        this.phaseDescription = orEmpty(phaseDescription);
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

    public List<PodProgress> getSuccessfulPods() {
        return successfulPods;
    }

    public void setSuccessfulPods(@Nullable List<PodProgress> successfulPods) {
        this.successfulPods = own(successfulPods);
    }

    public List<PodProgress> getFailedPods() {
        return failedPods;
    }

    public void setFailedPods(@Nullable List<PodProgress> failedPods) {
        this.failedPods = own(failedPods);
    }

    public List<PodProgress> getRunningPods() {
        return runningPods;
    }

    public void setRunningPods(@Nullable List<PodProgress> runningPods) {
        this.runningPods = own(runningPods);
    }

    public List<PodProgress> getPendingPods() {
        return pendingPods;
    }

    public void setPendingPods(@Nullable List<PodProgress> pendingPods) {
        this.pendingPods = own(pendingPods);
    }

    public List<PodProgress> getUnknownPods() {
        return unknownPods;
    }

    public void setUnknownPods(@Nullable List<PodProgress> unknownPods) {
        this.unknownPods = own(unknownPods);
    }

    public List<PodProgress> getPendingSinceTimeLimitPods() {
        return pendingSinceTimeLimitPods;
    }

    public void setPendingSinceTimeLimitPods(@Nullable List<PodProgress> pendingSinceTimeLimitPods) {
        this.pendingSinceTimeLimitPods = own(pendingSinceTimeLimitPods);
    }

    public List<LiveMigrationProgress> getSuccessfulLiveMigrations() {
        return successfulLiveMigrations;
    }

    public void setSuccessfulLiveMigrations(@Nullable List<LiveMigrationProgress> successfulLiveMigrations) {
        this.successfulLiveMigrations = own(successfulLiveMigrations);
    }

    public List<LiveMigrationProgress> getRunningLiveMigrations() {
        return runningLiveMigrations;
    }

    public void setRunningLiveMigrations(@Nullable List<LiveMigrationProgress> runningLiveMigrations) {
        this.runningLiveMigrations = own(runningLiveMigrations);
    }

    public List<LiveMigrationProgress> getPendingLiveMigrations() {
        return pendingLiveMigrations;
    }

    public void setPendingLiveMigrations(@Nullable List<LiveMigrationProgress> pendingLiveMigrations) {
        this.pendingLiveMigrations = own(pendingLiveMigrations);
    }

    public List<LiveMigrationProgress> getFailedLiveMigrations() {
        return failedLiveMigrations;
    }

    public void setFailedLiveMigrations(@Nullable List<LiveMigrationProgress> failedLiveMigrations) {
        this.failedLiveMigrations = own(failedLiveMigrations);
    }

    public List<RsyncOperation> getRsyncOperations() {
        return rsyncOperations;
    }

    public void setRsyncOperations(@Nullable List<RsyncOperation> rsyncOperations) {
        this.rsyncOperations = own(rsyncOperations);
    }

    public List<String> getSkippedVolumes() {
        return skippedVolumes;
    }

    public void setSkippedVolumes(@Nullable List<String> skippedVolumes) {
        this.skippedVolumes = own(skippedVolumes);
    }
}

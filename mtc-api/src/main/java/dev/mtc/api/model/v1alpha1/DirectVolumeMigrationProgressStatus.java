package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the copy of a claim is; the newest try's fields stand inline. MTC's CRD reference, DirectVolumeMigrationProgress status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "conditions",
    "podName",
    "phase",
    "exitCode",
    "containerElapsedTime",
    "logMessage",
    "lastObservedProgressPercent",
    "lastObservedTransferRate",
    "creationTimestamp",
    "rsyncPodStatuses",
    "rsyncElapsedTime",
    "totalProgressPercentage",
    "observedDigest"
})
public final class DirectVolumeMigrationProgressStatus extends ConditionedStatus {

    @JsonProperty("podName")
    @JsonPropertyDescription("Name of the pod.")
    private @Nullable String podName;

    @JsonProperty("phase")
    @JsonPropertyDescription("Phase of the pod: Pending, Running, Succeeded or Failed.")
    private @Nullable String podPhase;

    @JsonProperty("exitCode")
    @JsonPropertyDescription("Exit code of the copy, once it ended.")
    private @Nullable Integer exitCode;

    @JsonProperty("containerElapsedTime")
    @JsonPropertyDescription("How long the container ran, as a duration such as 1m3s.")
    private @Nullable String containerElapsedTime;

    @JsonProperty("logMessage")
    @JsonPropertyDescription("Last lines of the log.")
    private @Nullable String logMessage;

    @JsonProperty("lastObservedProgressPercent")
    @JsonPropertyDescription("How much is copied, for example 42%.")
    private @Nullable String lastObservedProgressPercent;

    @JsonProperty("lastObservedTransferRate")
    @JsonPropertyDescription("How fast it copies, for example 11.20MB/s.")
    private @Nullable String lastObservedTransferRate;

    @JsonProperty("creationTimestamp")
    @JsonPropertyDescription("When the pod was created, in RFC 3339.")
    private @Nullable String creationTimestamp;

    @JsonProperty("rsyncPodStatuses")
    @JsonPropertyDescription("All tries, one entry for each pod.")
    private List<RsyncPodStatus> rsyncPodStatuses = new ArrayList<>();

    @JsonProperty("rsyncElapsedTime")
    @JsonPropertyDescription("How long all tries took, as a duration such as 1m3s.")
    private @Nullable String rsyncElapsedTime;

    @JsonProperty("totalProgressPercentage")
    @JsonPropertyDescription("Sum over all tries, at most 100%.")
    private @Nullable String totalProgressPercentage;

    @JsonProperty("observedDigest")
    @JsonPropertyDescription("Lower-case hex SHA-256 of the spec that this status was made from.")
    private @Nullable String observedDigest;

    public @Nullable String getPodName() {
        return podName;
    }

    public void setPodName(@Nullable String podName) {
        this.podName = podName;
    }

    public @Nullable String getPodPhase() {
        return podPhase;
    }

    public void setPodPhase(@Nullable String podPhase) {
        this.podPhase = podPhase;
    }

    public @Nullable Integer getExitCode() {
        return exitCode;
    }

    public void setExitCode(@Nullable Integer exitCode) {
        this.exitCode = exitCode;
    }

    public @Nullable String getContainerElapsedTime() {
        return containerElapsedTime;
    }

    public void setContainerElapsedTime(@Nullable String containerElapsedTime) {
        this.containerElapsedTime = containerElapsedTime;
    }

    public @Nullable String getLogMessage() {
        return logMessage;
    }

    public void setLogMessage(@Nullable String logMessage) {
        this.logMessage = logMessage;
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

    public @Nullable String getCreationTimestamp() {
        return creationTimestamp;
    }

    public void setCreationTimestamp(@Nullable String creationTimestamp) {
        this.creationTimestamp = creationTimestamp;
    }

    public List<RsyncPodStatus> getRsyncPodStatuses() {
        return rsyncPodStatuses;
    }

    public void setRsyncPodStatuses(@Nullable List<RsyncPodStatus> rsyncPodStatuses) {
        this.rsyncPodStatuses = own(rsyncPodStatuses);
    }

    public @Nullable String getRsyncElapsedTime() {
        return rsyncElapsedTime;
    }

    public void setRsyncElapsedTime(@Nullable String rsyncElapsedTime) {
        this.rsyncElapsedTime = rsyncElapsedTime;
    }

    public @Nullable String getTotalProgressPercentage() {
        return totalProgressPercentage;
    }

    public void setTotalProgressPercentage(@Nullable String totalProgressPercentage) {
        this.totalProgressPercentage = totalProgressPercentage;
    }

    public @Nullable String getObservedDigest() {
        return observedDigest;
    }

    public void setObservedDigest(@Nullable String observedDigest) {
        this.observedDigest = observedDigest;
    }
}

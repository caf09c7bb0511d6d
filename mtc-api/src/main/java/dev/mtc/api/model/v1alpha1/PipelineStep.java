package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a migration, a group of phases. MTC's CRD reference, MigMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"started", "completed", "name", "phase", "message", "progress", "failed", "skipped"})
public final class PipelineStep extends WireObject {

    @JsonProperty("started")
    @JsonPropertyDescription("When the step began, in RFC 3339.")
    private @Nullable String started;

    @JsonProperty("completed")
    @JsonPropertyDescription("When the step ended, in RFC 3339.")
    private @Nullable String completed;

    @JsonProperty(value = "name", required = true)
    @JsonPropertyDescription("Name of the step, for example StageBackup.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String name = "";

    @JsonProperty("phase")
    @JsonPropertyDescription("Phase that runs; empty once completed.")
    private @Nullable String phase;

    @JsonProperty("message")
    @JsonPropertyDescription("Description of that phase, or Not started, Completed, Skipped, Failed.")
    private @Nullable String message;

    @JsonProperty("progress")
    @JsonPropertyDescription("Progress lines; they stay when the step is completed.")
    private List<String> progress = new ArrayList<>();

    @JsonProperty("failed")
    @JsonPropertyDescription("Whether the step failed.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean failed;

    @JsonProperty("skipped")
    @JsonPropertyDescription("Whether the step was passed over.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean skipped;

    public @Nullable String getStarted() {
        return started;
    }

    public void setStarted(@Nullable String started) {
        this.started = started;
    }

    public @Nullable String getCompleted() {
        return completed;
    }

    public void setCompleted(@Nullable String completed) {
        this.completed = completed;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = orEmpty(name);
    }

    public @Nullable String getPhase() {
        return phase;
    }

    public void setPhase(@Nullable String phase) {
        this.phase = phase;
    }

    public @Nullable String getMessage() {
        return message;
    }

    public void setMessage(@Nullable String message) {
        this.message = message;
    }

    public List<String> getProgress() {
        return progress;
    }

    public void setProgress(@Nullable List<String> progress) {
        this.progress = own(progress);
    }

    public boolean isFailed() {
        return failed;
    }

    public void setFailed(boolean failed) {
        this.failed = failed;
    }

    public boolean isSkipped() {
        return skipped;
    }

    public void setSkipped(boolean skipped) {
        this.skipped = skipped;
    }
}

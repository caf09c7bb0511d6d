package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * Tries and outcome of copying a claim. MTC's CRD reference, DirectVolumeMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"pvcReference", "currentAttempt", "succeeded", "failed"})
public final class RsyncOperation extends WireObject {

    @JsonProperty("pvcReference")
    @JsonPropertyDescription("Claim that is copied.")
    private @Nullable ObjectReference pvcReference;

    @JsonProperty("currentAttempt")
    @JsonPropertyDescription("Number of the try, from 1.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private int currentAttempt;

    @JsonProperty("succeeded")
    @JsonPropertyDescription("Whether a try succeeded.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean succeeded;

    @JsonProperty("failed")
    @JsonPropertyDescription("Whether all tries failed.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean failed;

    public @Nullable ObjectReference getPvcReference() {
        return pvcReference;
    }

    public void setPvcReference(@Nullable ObjectReference pvcReference) {
        this.pvcReference = pvcReference;
    }

    public int getCurrentAttempt() {
        return currentAttempt;
    }

    public void setCurrentAttempt(int currentAttempt) {
        this.currentAttempt = currentAttempt;
    }

    public boolean isSucceeded() {
        return succeeded;
    }

    public void setSucceeded(boolean succeeded) {
        this.succeeded = succeeded;
    }

    public boolean isFailed() {
        return failed;
    }

    public void setFailed(boolean failed) {
        this.failed = failed;
    }
}

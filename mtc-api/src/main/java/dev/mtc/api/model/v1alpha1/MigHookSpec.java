package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a hook runs and where. MTC's CRD reference, MigHook spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"custom", "image", "playbook", "targetCluster", "activeDeadlineSeconds"})
public final class MigHookSpec extends WireObject {

    @JsonProperty(value = "custom", required = true)
    @JsonPropertyDescription("Whether the image runs as it is; otherwise it runs the playbook.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private boolean custom;

    @JsonProperty(value = "image", required = true)
    @JsonPropertyDescription("Image of the hook.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String image = "";

    @JsonProperty("playbook")
    @JsonPropertyDescription("Ansible playbook, in base64.")
    private @Nullable String playbook;

    @JsonProperty(value = "targetCluster", required = true)
    @JsonPropertyDescription("Where it runs: source or destination.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String targetCluster = "";

    @JsonProperty("activeDeadlineSeconds")
    @JsonPropertyDescription("How many seconds it may run; 1800 if 0.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private long activeDeadlineSeconds;

    public boolean isCustom() {
        return custom;
    }

    public void setCustom(boolean custom) {
        this.custom = custom;
    }

    public String getImage() {
        return image;
    }

    public void setImage(@Nullable String image) {
        this.image = orEmpty(image);
    }

    public @Nullable String getPlaybook() {
        return playbook;
    }

    public void setPlaybook(@Nullable String playbook) {
        this.playbook = playbook;
    }

    public String getTargetCluster() {
        return targetCluster;
    }

    public void setTargetCluster(@Nullable String targetCluster) {
        this.targetCluster = orEmpty(targetCluster);
    }

    public long getActiveDeadlineSeconds() {
        return activeDeadlineSeconds;
    }

    public void setActiveDeadlineSeconds(long activeDeadlineSeconds) {
        this.activeDeadlineSeconds = activeDeadlineSeconds;
    }
}

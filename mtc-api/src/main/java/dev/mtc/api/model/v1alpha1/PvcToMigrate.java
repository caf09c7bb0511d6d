package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim to copy. MTC's CRD reference, DirectVolumeMigration spec.
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
    "targetStorageClass",
    "targetAccessModes",
    "targetVolumeMode",
    "targetNamespace",
    "targetName",
    "verify"
})
public final class PvcToMigrate extends InlineReference {

    @JsonProperty(value = "targetStorageClass", required = true)
    @JsonPropertyDescription("Storage class on the target.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String targetStorageClass = "";

    @JsonProperty(value = "targetAccessModes", required = true)
    @JsonPropertyDescription("Access modes on the target.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private List<String> targetAccessModes = new ArrayList<>();

    @JsonProperty("targetVolumeMode")
    @JsonPropertyDescription("Filesystem or Block; that of the source if absent.")
    private @Nullable String targetVolumeMode;

    @JsonProperty("targetNamespace")
    @JsonPropertyDescription("Namespace on the target; that of the source if empty.")
    private @Nullable String targetNamespace;

    @JsonProperty("targetName")
    @JsonPropertyDescription("Name on the target; that of the source if empty.")
    private @Nullable String targetName;

    @JsonProperty("verify")
    @JsonPropertyDescription("Whether files are compared by checksum.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean verify;

    public String getTargetStorageClass() {
        return targetStorageClass;
    }

    public void setTargetStorageClass(@Nullable String targetStorageClass) {
        this.targetStorageClass = orEmpty(targetStorageClass);
    }

    public List<String> getTargetAccessModes() {
        return targetAccessModes;
    }

    public void setTargetAccessModes(@Nullable List<String> targetAccessModes) {
        this.targetAccessModes = own(targetAccessModes);
    }

    public @Nullable String getTargetVolumeMode() {
        return targetVolumeMode;
    }

    public void setTargetVolumeMode(@Nullable String targetVolumeMode) {
        this.targetVolumeMode = targetVolumeMode;
    }

    public @Nullable String getTargetNamespace() {
        return targetNamespace;
    }

    public void setTargetNamespace(@Nullable String targetNamespace) {
        this.targetNamespace = targetNamespace;
    }

    public @Nullable String getTargetName() {
        return targetName;
    }

    public void setTargetName(@Nullable String targetName) {
        this.targetName = targetName;
    }

    public boolean isVerify() {
        return verify;
    }

    public void setVerify(boolean verify) {
        this.verify = verify;
    }
}

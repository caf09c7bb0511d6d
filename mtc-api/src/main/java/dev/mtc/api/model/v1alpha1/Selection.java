package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a volume. MTC's CRD reference, MigPlan spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"action", "storageClass", "accessMode", "copyMethod", "verify"})
public final class Selection extends WireObject {

    @JsonProperty("action")
    @JsonPropertyDescription("copy, move or skip.")
    private @Nullable String action;

    @JsonProperty("storageClass")
    @JsonPropertyDescription("Storage class on the target; the default one if empty.")
    private @Nullable String storageClass;

    @JsonProperty("accessMode")
    @JsonPropertyDescription(
            "Access mode on the target: ReadWriteOnce, ReadOnlyMany, ReadWriteMany or auto; that of the source if empty.")
    private @Nullable String accessMode;

    @JsonProperty("copyMethod")
    @JsonPropertyDescription("filesystem, block or snapshot.")
    private @Nullable String copyMethod;

    @JsonProperty("verify")
    @JsonPropertyDescription("Whether copied files are compared by checksum; false by default.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean verify;

    public @Nullable String getAction() {
        return action;
    }

    public void setAction(@Nullable String action) {
        this.action = action;
    }

    public @Nullable String getStorageClass() {
        return storageClass;
    }

    public void setStorageClass(@Nullable String storageClass) {
        this.storageClass = storageClass;
    }

    public @Nullable String getAccessMode() {
        return accessMode;
    }

    public void setAccessMode(@Nullable String accessMode) {
        this.accessMode = accessMode;
    }

    public @Nullable String getCopyMethod() {
        return copyMethod;
    }

    public void setCopyMethod(@Nullable String copyMethod) {
        this.copyMethod = copyMethod;
    }

    public boolean isVerify() {
        return verify;
    }

    public void setVerify(boolean verify) {
        this.verify = verify;
    }
}

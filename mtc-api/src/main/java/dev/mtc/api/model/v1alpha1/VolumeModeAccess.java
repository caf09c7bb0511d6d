package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access modes of one volume mode. MTC's CRD reference, MigPlan status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"volumeMode", "accessModes"})
public final class VolumeModeAccess extends WireObject {

    @JsonProperty("volumeMode")
    @JsonPropertyDescription("Filesystem or Block.")
    private @Nullable String volumeMode;

    @JsonProperty("accessModes")
    @JsonPropertyDescription("Access modes offered.")
    private List<String> accessModes = new ArrayList<>();

    public @Nullable String getVolumeMode() {
        return volumeMode;
    }

    public void setVolumeMode(@Nullable String volumeMode) {
        this.volumeMode = volumeMode;
    }

    public List<String> getAccessModes() {
        return accessModes;
    }

    public void setAccessModes(@Nullable List<String> accessModes) {
        this.accessModes = own(accessModes);
    }
}

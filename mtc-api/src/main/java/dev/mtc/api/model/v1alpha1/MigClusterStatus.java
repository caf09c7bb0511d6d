package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cluster. MTC's CRD reference, MigCluster status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"conditions", "observedDigest", "registryPath", "operatorVersion"})
public final class MigClusterStatus extends ConditionedStatus {

    @JsonProperty("observedDigest")
    @JsonPropertyDescription("Lower-case hex SHA-256 of the spec that this status was made from.")
    private @Nullable String observedDigest;

    @JsonProperty("registryPath")
    @JsonPropertyDescription("Host of the image registry as the controller reaches it.")
    private @Nullable String registryPath;

    @JsonProperty("operatorVersion")
    @JsonPropertyDescription("Version of the migration operator that the cluster runs, if any.")
    private @Nullable String operatorVersion;

    public @Nullable String getObservedDigest() {
        return observedDigest;
    }

    public void setObservedDigest(@Nullable String observedDigest) {
        this.observedDigest = observedDigest;
    }

    public @Nullable String getRegistryPath() {
        return registryPath;
    }

    public void setRegistryPath(@Nullable String registryPath) {
        this.registryPath = registryPath;
    }

    public @Nullable String getOperatorVersion() {
        return operatorVersion;
    }

    public void setOperatorVersion(@Nullable String operatorVersion) {
        this.operatorVersion = operatorVersion;
    }
}

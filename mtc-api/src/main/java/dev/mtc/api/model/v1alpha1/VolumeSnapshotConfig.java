package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * How volume snapshots are taken. MTC's CRD reference, MigStorage spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"credsSecretRef", "snapshotCreationTimeout", "awsRegion", "azureApiTimeout", "azureResourceGroup"})
public final class VolumeSnapshotConfig extends WireObject {

    @JsonProperty("credsSecretRef")
    @JsonPropertyDescription("Secret with the credentials, in the keys that the provider asks for.")
    private @Nullable ObjectReference credsSecretRef;

    @JsonProperty("snapshotCreationTimeout")
    @JsonPropertyDescription("How long to wait for a snapshot, as a duration such as 10m.")
    private @Nullable String snapshotCreationTimeout;

    @JsonProperty("awsRegion")
    @JsonPropertyDescription("Region of the volumes, for aws.")
    private @Nullable String awsRegion;

    @JsonProperty("azureApiTimeout")
    @JsonPropertyDescription("How long to wait for an answer of the API, for azure.")
    private @Nullable String azureApiTimeout;

    @JsonProperty("azureResourceGroup")
    @JsonPropertyDescription("Resource group that keeps the snapshots, for azure.")
    private @Nullable String azureResourceGroup;

    public @Nullable ObjectReference getCredsSecretRef() {
        return credsSecretRef;
    }

    public void setCredsSecretRef(@Nullable ObjectReference credsSecretRef) {
        this.credsSecretRef = credsSecretRef;
    }

    public @Nullable String getSnapshotCreationTimeout() {
        return snapshotCreationTimeout;
    }

    public void setSnapshotCreationTimeout(@Nullable String snapshotCreationTimeout) {
        this.snapshotCreationTimeout = snapshotCreationTimeout;
    }

    public @Nullable String getAwsRegion() {
        return awsRegion;
    }

    public void setAwsRegion(@Nullable String awsRegion) {
        this.awsRegion = awsRegion;
    }

    public @Nullable String getAzureApiTimeout() {
        return azureApiTimeout;
    }

    public void setAzureApiTimeout(@Nullable String azureApiTimeout) {
        this.azureApiTimeout = azureApiTimeout;
    }

    public @Nullable String getAzureResourceGroup() {
        return azureResourceGroup;
    }

    public void setAzureResourceGroup(@Nullable String azureResourceGroup) {
        this.azureResourceGroup = azureResourceGroup;
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster is and how to get in. MTC's CRD reference, MigCluster spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "isHostCluster",
    "url",
    "serviceAccountSecretRef",
    "caBundle",
    "azureResourceGroup",
    "insecure",
    "restartRestic",
    "refresh",
    "exposedRegistryPath"
})
public final class MigClusterSpec extends WireObject {

    @JsonProperty(value = "isHostCluster", required = true)
    @JsonPropertyDescription(
            "Whether this is the cluster that holds these resources; then URL, secret and CA are not used.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private boolean hostCluster;

    @JsonProperty("url")
    @JsonPropertyDescription("URL of the API server, https://host:port; required unless this is the host cluster.")
    private @Nullable String url;

    @JsonProperty("serviceAccountSecretRef")
    @JsonPropertyDescription("Secret whose key saToken holds the bearer token.")
    private @Nullable ObjectReference serviceAccountSecretRef;

    @JsonProperty("caBundle")
    @JsonPropertyDescription(
            "PEM certificates that the API server's certificate is checked with; the system's if empty.")
    private byte @Nullable [] caBundle;

    @JsonProperty("azureResourceGroup")
    @JsonPropertyDescription("Azure resource group of the cluster's disks, for snapshots.")
    private @Nullable String azureResourceGroup;

    @JsonProperty("insecure")
    @JsonPropertyDescription("Whether to accept any certificate; false by default.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean insecure;

    @JsonProperty("restartRestic")
    @JsonPropertyDescription("Whether to restart restic before a backup; decided by the cluster's version if absent.")
    private @Nullable Boolean restartRestic;

    @JsonProperty("refresh")
    @JsonPropertyDescription("Set to have the cluster checked again now; reset afterwards.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean refresh;

    @JsonProperty("exposedRegistryPath")
    @JsonPropertyDescription("Host of the image registry as reached from outside, for direct image migration.")
    private @Nullable String exposedRegistryPath;

    public boolean isHostCluster() {
        return hostCluster;
    }

    public void setHostCluster(boolean hostCluster) {
        this.hostCluster = hostCluster;
    }

    public @Nullable String getUrl() {
        return url;
    }

    public void setUrl(@Nullable String url) {
        this.url = url;
    }

    public @Nullable ObjectReference getServiceAccountSecretRef() {
        return serviceAccountSecretRef;
    }

    public void setServiceAccountSecretRef(@Nullable ObjectReference serviceAccountSecretRef) {
        this.serviceAccountSecretRef = serviceAccountSecretRef;
    }

    public byte @Nullable [] getCaBundle() {
        return caBundle;
    }

    public void setCaBundle(byte @Nullable [] caBundle) {
        this.caBundle = caBundle;
    }

    public @Nullable String getAzureResourceGroup() {
        return azureResourceGroup;
    }

    public void setAzureResourceGroup(@Nullable String azureResourceGroup) {
        this.azureResourceGroup = azureResourceGroup;
    }

    public boolean isInsecure() {
        return insecure;
    }

    public void setInsecure(boolean insecure) {
        this.insecure = insecure;
    }

    public @Nullable Boolean getRestartRestic() {
        return restartRestic;
    }

    public void setRestartRestic(@Nullable Boolean restartRestic) {
        this.restartRestic = restartRestic;
    }

    public boolean isRefresh() {
        return refresh;
    }

    public void setRefresh(boolean refresh) {
        this.refresh = refresh;
    }

    public @Nullable String getExposedRegistryPath() {
        return exposedRegistryPath;
    }

    public void setExposedRegistryPath(@Nullable String exposedRegistryPath) {
        this.exposedRegistryPath = exposedRegistryPath;
    }
}

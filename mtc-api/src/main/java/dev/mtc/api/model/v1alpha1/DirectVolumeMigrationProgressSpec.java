package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pods to watch while they copy a claim. MTC's CRD reference, DirectVolumeMigrationProgress spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"clusterRef", "podRef", "podNamespace", "podSelector"})
public final class DirectVolumeMigrationProgressSpec extends WireObject {

    @JsonProperty("clusterRef")
    @JsonPropertyDescription("MigCluster of the pods.")
    private @Nullable ObjectReference clusterRef;

    @JsonProperty("podRef")
    @JsonPropertyDescription("The pod; or selector and namespace are given.")
    private @Nullable ObjectReference podRef;

    @JsonProperty("podNamespace")
    @JsonPropertyDescription("Namespace of the pods.")
    private @Nullable String podNamespace;

    @JsonProperty("podSelector")
    @JsonPropertyDescription("Labels of the pods, one pod for each try.")
    private Map<String, String> podSelector = new LinkedHashMap<>();

    public @Nullable ObjectReference getClusterRef() {
        return clusterRef;
    }

    public void setClusterRef(@Nullable ObjectReference clusterRef) {
        this.clusterRef = clusterRef;
    }

    public @Nullable ObjectReference getPodRef() {
        return podRef;
    }

    public void setPodRef(@Nullable ObjectReference podRef) {
        this.podRef = podRef;
    }

    public @Nullable String getPodNamespace() {
        return podNamespace;
    }

    public void setPodNamespace(@Nullable String podNamespace) {
        this.podNamespace = podNamespace;
    }

    public Map<String, String> getPodSelector() {
        return podSelector;
    }

    public void setPodSelector(@Nullable Map<String, String> podSelector) {
        this.podSelector = own(podSelector);
    }
}

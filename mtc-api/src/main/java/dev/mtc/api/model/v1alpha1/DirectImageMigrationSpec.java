package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces whose image streams are copied. MTC's CRD reference, DirectImageMigration spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"srcMigClusterRef", "destMigClusterRef", "namespaces", "labelSelector"})
public final class DirectImageMigrationSpec extends WireObject {

    @JsonProperty("srcMigClusterRef")
    @JsonPropertyDescription("MigCluster to take from.")
    private @Nullable ObjectReference srcMigClusterRef;

    @JsonProperty("destMigClusterRef")
    @JsonPropertyDescription("MigCluster to bring to.")
    private @Nullable ObjectReference destMigClusterRef;

    @JsonProperty("namespaces")
    @JsonPropertyDescription("Namespaces, each as src or src:dst.")
    private List<String> namespaces = new ArrayList<>();

    @JsonProperty("labelSelector")
    @JsonPropertyDescription("The only image streams to copy; all if absent.")
    private @Nullable LabelSelector labelSelector;

    public @Nullable ObjectReference getSrcMigClusterRef() {
        return srcMigClusterRef;
    }

    public void setSrcMigClusterRef(@Nullable ObjectReference srcMigClusterRef) {
        this.srcMigClusterRef = srcMigClusterRef;
    }

    public @Nullable ObjectReference getDestMigClusterRef() {
        return destMigClusterRef;
    }

    public void setDestMigClusterRef(@Nullable ObjectReference destMigClusterRef) {
        this.destMigClusterRef = destMigClusterRef;
    }

    public List<String> getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(@Nullable List<String> namespaces) {
        this.namespaces = own(namespaces);
    }

    public @Nullable LabelSelector getLabelSelector() {
        return labelSelector;
    }

    public void setLabelSelector(@Nullable LabelSelector labelSelector) {
        this.labelSelector = labelSelector;
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * An image stream to copy. MTC's CRD reference, DirectImageStreamMigration spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"srcMigClusterRef", "destMigClusterRef", "imageStreamRef", "destNamespace"})
public final class DirectImageStreamMigrationSpec extends WireObject {

    @JsonProperty("srcMigClusterRef")
    @JsonPropertyDescription("MigCluster to take from.")
    private @Nullable ObjectReference srcMigClusterRef;

    @JsonProperty("destMigClusterRef")
    @JsonPropertyDescription("MigCluster to bring to.")
    private @Nullable ObjectReference destMigClusterRef;

    @JsonProperty("imageStreamRef")
    @JsonPropertyDescription("Image stream on the source.")
    private @Nullable ObjectReference imageStreamRef;

    @JsonProperty("destNamespace")
    @JsonPropertyDescription("Namespace on the target; that of the source if empty.")
    private @Nullable String destNamespace;

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

    public @Nullable ObjectReference getImageStreamRef() {
        return imageStreamRef;
    }

    public void setImageStreamRef(@Nullable ObjectReference imageStreamRef) {
        this.imageStreamRef = imageStreamRef;
    }

    public @Nullable String getDestNamespace() {
        return destNamespace;
    }

    public void setDestNamespace(@Nullable String destNamespace) {
        this.destNamespace = destNamespace;
    }
}

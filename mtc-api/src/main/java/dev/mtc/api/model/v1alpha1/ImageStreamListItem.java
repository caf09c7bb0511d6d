package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image stream and the fate of its copy. MTC's CRD reference, DirectImageMigration status.
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
    "destNamespace",
    "notFound",
    "directMigration",
    "errors"
})
public final class ImageStreamListItem extends InlineReference {

    @JsonProperty("destNamespace")
    @JsonPropertyDescription("Namespace on the target.")
    private @Nullable String destNamespace;

    @JsonProperty("notFound")
    @JsonPropertyDescription("Whether the image stream went away.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean notFound;

    @JsonProperty("directMigration")
    @JsonPropertyDescription("DirectImageStreamMigration that copies it.")
    private @Nullable ObjectReference directMigration;

    @JsonProperty("errors")
    @JsonPropertyDescription("Why it could not be copied.")
    private List<String> errors = new ArrayList<>();

    public @Nullable String getDestNamespace() {
        return destNamespace;
    }

    public void setDestNamespace(@Nullable String destNamespace) {
        this.destNamespace = destNamespace;
    }

    public boolean isNotFound() {
        return notFound;
    }

    public void setNotFound(boolean notFound) {
        this.notFound = notFound;
    }

    public @Nullable ObjectReference getDirectMigration() {
        return directMigration;
    }

    public void setDirectMigration(@Nullable ObjectReference directMigration) {
        this.directMigration = directMigration;
    }

    public List<String> getErrors() {
        return errors;
    }

    public void setErrors(@Nullable List<String> errors) {
        this.errors = own(errors);
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * An object reference whose fields stand beside those of the object that holds it; mostly name and namespace.
 *
 * @since 0.1
 */
public abstract class InlineReference extends WireObject {

    @JsonProperty("kind")
    @JsonPropertyDescription("Kind of the object.")
    private @Nullable String kind;

    @JsonProperty("namespace")
    @JsonPropertyDescription("Namespace of the object.")
    private @Nullable String namespace;

    @JsonProperty("name")
    @JsonPropertyDescription("Name of the object.")
    private @Nullable String name;

    @JsonProperty("uid")
    @JsonPropertyDescription("UID of the object.")
    private @Nullable String uid;

    @JsonProperty("apiVersion")
    @JsonPropertyDescription("API version of the object.")
    private @Nullable String apiVersion;

    @JsonProperty("resourceVersion")
    @JsonPropertyDescription("Resource version at which the object was seen.")
    private @Nullable String resourceVersion;

    @JsonProperty("fieldPath")
    @JsonPropertyDescription("Part of the object that is meant.")
    private @Nullable String fieldPath;

    InlineReference() {}

    /** Takes over every field of a reference. */
    public void refer(ObjectReference reference) {
        kind = reference.getKind();
        namespace = reference.getNamespace();
        name = reference.getName();
        uid = reference.getUid();
        apiVersion = reference.getApiVersion();
        resourceVersion = reference.getResourceVersion();
        fieldPath = reference.getFieldPath();
    }

    public @Nullable String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind;
    }

    public @Nullable String getNamespace() {
        return namespace;
    }

    public void setNamespace(@Nullable String namespace) {
        this.namespace = namespace;
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public @Nullable String getUid() {
        return uid;
    }

    public void setUid(@Nullable String uid) {
        this.uid = uid;
    }

    public @Nullable String getApiVersion() {
        return apiVersion;
    }

    public void setApiVersion(@Nullable String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public @Nullable String getResourceVersion() {
        return resourceVersion;
    }

    public void setResourceVersion(@Nullable String resourceVersion) {
        this.resourceVersion = resourceVersion;
    }

    public @Nullable String getFieldPath() {
        return fieldPath;
    }

    public void setFieldPath(@Nullable String fieldPath) {
        this.fieldPath = fieldPath;
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A kind that the target does not serve. MTC's CRD reference, MigPlan status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"group", "version", "kind"})
public final class IncompatibleGvk extends WireObject {

    @JsonProperty(value = "group", required = true)
    @JsonPropertyDescription("API group; empty for the core group.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String group = "";

    @JsonProperty(value = "version", required = true)
    @JsonPropertyDescription("API version.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String version = "";

    @JsonProperty(value = "kind", required = true)
    @JsonPropertyDescription("Plural resource name in lower case, despite the field's name.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String kind = "";

    public String getGroup() {
        return group;
    }

    public void setGroup(@Nullable String group) {
        this.group = orEmpty(group);
    }

    public String getVersion() {
        return version;
    }

    public void setVersion(@Nullable String version) {
        this.version = orEmpty(version);
    }

    public String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = orEmpty(kind);
    }
}

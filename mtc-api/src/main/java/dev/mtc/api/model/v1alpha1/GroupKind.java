package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A kind without its version. MTC's CRD reference, MigPlan spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"group", "kind"})
public final class GroupKind extends WireObject {

    @JsonProperty(value = "group", required = true)
    @JsonPropertyDescription("API group; empty for the core group.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String group = "";

    @JsonProperty(value = "kind", required = true)
    @JsonPropertyDescription("Kind, for example Deployment.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String kind = "";

    public String getGroup() {
        return group;
    }

    public void setGroup(@Nullable String group) {
        this.group = orEmpty(group);
    }

    public String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = orEmpty(kind);
    }
}

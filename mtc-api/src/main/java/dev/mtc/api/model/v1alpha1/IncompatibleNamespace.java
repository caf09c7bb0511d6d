package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace with kinds that the target does not serve. MTC's CRD reference, MigPlan status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"name", "gvks"})
public final class IncompatibleNamespace extends WireObject {

    @JsonProperty(value = "name", required = true)
    @JsonPropertyDescription("Name of the namespace.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String name = "";

    @JsonProperty(value = "gvks", required = true)
    @JsonPropertyDescription("Kinds that the target does not serve.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private List<IncompatibleGvk> gvks = new ArrayList<>();

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = orEmpty(name);
    }

    public List<IncompatibleGvk> getGvks() {
        return gvks;
    }

    public void setGvks(@Nullable List<IncompatibleGvk> gvks) {
        this.gvks = own(gvks);
    }
}

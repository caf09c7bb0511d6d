package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with a volume. MTC's CRD reference, MigPlan spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"actions", "copyMethods"})
public final class Supported extends WireObject {

    @JsonProperty(value = "actions", required = true)
    @JsonPropertyDescription("Actions to choose from: copy, move, skip.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private List<String> actions = new ArrayList<>();

    @JsonProperty(value = "copyMethods", required = true)
    @JsonPropertyDescription("Copy methods to choose from: filesystem, block, snapshot.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private List<String> copyMethods = new ArrayList<>();

    public List<String> getActions() {
        return actions;
    }

    public void setActions(@Nullable List<String> actions) {
        this.actions = own(actions);
    }

    public List<String> getCopyMethods() {
        return copyMethods;
    }

    public void setCopyMethods(@Nullable List<String> copyMethods) {
        this.copyMethods = own(copyMethods);
    }
}

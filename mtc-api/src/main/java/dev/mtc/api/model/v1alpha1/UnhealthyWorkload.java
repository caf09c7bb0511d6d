package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workload with unhealthy pods. MTC's CRD reference, MigPlan and MigMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"name", "resources"})
public final class UnhealthyWorkload extends WireObject {

    @JsonProperty(value = "name", required = true)
    @JsonPropertyDescription("Name of the workload.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String name = "";

    @JsonProperty("resources")
    @JsonPropertyDescription("What of it is unhealthy.")
    private List<String> resources = new ArrayList<>();

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = orEmpty(name);
    }

    public List<String> getResources() {
        return resources;
    }

    public void setResources(@Nullable List<String> resources) {
        this.resources = own(resources);
    }
}

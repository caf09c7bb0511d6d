package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace with unhealthy workloads. MTC's CRD reference, MigPlan and MigMigration status.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"name", "workloads"})
public final class UnhealthyNamespace extends WireObject {

    @JsonProperty(value = "name", required = true)
    @JsonPropertyDescription("Name of the namespace.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String name = "";

    @JsonProperty(value = "workloads", required = true)
    @JsonPropertyDescription("Workloads that are not healthy.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private List<UnhealthyWorkload> workloads = new ArrayList<>();

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = orEmpty(name);
    }

    public List<UnhealthyWorkload> getWorkloads() {
        return workloads;
    }

    public void setWorkloads(@Nullable List<UnhealthyWorkload> workloads) {
        this.workloads = own(workloads);
    }
}

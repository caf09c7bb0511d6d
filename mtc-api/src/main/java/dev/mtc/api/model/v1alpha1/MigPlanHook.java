package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * A hook at its place in a plan. MTC's CRD reference, MigPlan spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"reference", "phase", "executionNamespace", "serviceAccount"})
public final class MigPlanHook extends WireObject {

    @JsonProperty(value = "reference", required = true)
    @JsonPropertyDescription("MigHook to run.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private @Nullable ObjectReference reference;

    @JsonProperty(value = "phase", required = true)
    @JsonPropertyDescription("When to run it: PreBackup, PostBackup, PreRestore or PostRestore.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String phase = "";

    @JsonProperty(value = "executionNamespace", required = true)
    @JsonPropertyDescription("Namespace of the hook's Job.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String executionNamespace = "";

    @JsonProperty(value = "serviceAccount", required = true)
    @JsonPropertyDescription("Service account of the hook's Job.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String serviceAccount = "";

    public @Nullable ObjectReference getReference() {
        return reference;
    }

    public void setReference(@Nullable ObjectReference reference) {
        this.reference = reference;
    }

    public String getPhase() {
        return phase;
    }

    public void setPhase(@Nullable String phase) {
        this.phase = orEmpty(phase);
    }

    public String getExecutionNamespace() {
        return executionNamespace;
    }

    public void setExecutionNamespace(@Nullable String executionNamespace) {
        this.executionNamespace = orEmpty(executionNamespace);
    }

    public String getServiceAccount() {
        return serviceAccount;
    }

    public void setServiceAccount(@Nullable String serviceAccount) {
        this.serviceAccount = orEmpty(serviceAccount);
    }
}

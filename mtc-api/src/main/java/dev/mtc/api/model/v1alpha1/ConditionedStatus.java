package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A status with conditions, as every kind has one. {@link Conditions} works on the list.
 *
 * @since 0.1
 */
public abstract class ConditionedStatus extends WireObject {

    @JsonProperty("conditions")
    @JsonPropertyDescription("What holds for the resource, one entry for each type.")
    private List<Condition> conditions = new ArrayList<>();

    ConditionedStatus() {}

    public List<Condition> getConditions() {
        return conditions;
    }

    public void setConditions(@Nullable List<Condition> conditions) {
        this.conditions = own(conditions);
    }
}

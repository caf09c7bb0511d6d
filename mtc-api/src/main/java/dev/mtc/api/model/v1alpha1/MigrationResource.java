package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource of MTC. None of them has a status subresource: the whole object is written. Spec and status are there from
 * the start; top-level fields that are not known are kept.
 *
 * @param <S> its spec
 * @param <T> its status
 * @since 0.1
 */
public abstract class MigrationResource<S extends WireObject, T extends ConditionedStatus> extends CustomResource<S, T>
        implements Namespaced {

    /** API group of all resources of MTC. */
    public static final String GROUP = "migration.openshift.io";

    /** API version of all resources of MTC. */
    public static final String VERSION = "v1alpha1";

    private final Map<String, @Nullable Object> additionalProperties = new LinkedHashMap<>();

    MigrationResource() {}

    /** {@return the top-level fields that were read but are not known, live; they are written back} */
    @JsonAnyGetter
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public Map<String, @Nullable Object> additionalProperties() {
        return additionalProperties;
    }

    @JsonAnySetter
    void additionalProperty(String name, @Nullable Object value) {
        additionalProperties.put(name, value);
    }
}

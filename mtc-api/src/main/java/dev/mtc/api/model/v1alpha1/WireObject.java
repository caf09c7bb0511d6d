package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object inside a resource. Empty strings, lists and maps are left out as Go's {@code omitempty} does, and fields that
 * the class does not know are kept, so that writing what was read loses nothing.
 *
 * @since 0.1
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public abstract class WireObject {

    private final Map<String, @Nullable Object> additionalProperties = new LinkedHashMap<>();

    WireObject() {}

    /** {@return the fields that were read but are not known here, live; they are written back beside the known ones} */
    @JsonAnyGetter
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public Map<String, @Nullable Object> additionalProperties() {
        return additionalProperties;
    }

    @JsonAnySetter
    void additionalProperty(String name, @Nullable Object value) {
        additionalProperties.put(name, value);
    }

    /** {@return a copy that can grow; as in Go, nothing and empty are the same} */
    static <T> List<T> own(@Nullable List<T> list) {
        return list == null ? new ArrayList<>() : new ArrayList<>(list);
    }

    static Map<String, String> own(@Nullable Map<String, String> map) {
        return map == null ? new LinkedHashMap<>() : new LinkedHashMap<>(map);
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

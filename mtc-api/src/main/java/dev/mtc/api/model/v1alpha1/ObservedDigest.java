package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The digest by which MTC's controllers tell that a status belongs to a spec: SHA-256 of the spec as Go would write it in
 * JSON. It has to agree to the byte, since controllers wait for a referenced resource whose digest does not match. MTC's
 * CRD reference, observedDigest.
 *
 * @since 0.1
 */
public final class ObservedDigest {

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addMixIn(WireObject.class, KnownFieldsOnly.class)
            .addMixIn(ObjectReference.class, GoObjectReference.class)
            .addMixIn(LabelSelector.class, GoLabelSelector.class)
            .addMixIn(LabelSelectorRequirement.class, GoRequirement.class)
            .addMixIn(Quantity.class, GoQuantity.class)
            .build()
            .writer();

    private ObservedDigest() {}

    /**
     * {@return the digest, in lower-case hex}
     *
     * @param spec a spec of this package; fields that it does not know do not count, as a Go controller drops them
     */
    public static String of(Object spec) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(json(spec).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }

    /** {@return the JSON that is digested} */
    static String json(Object spec) {
        try {
            return escapedForHtml(WRITER.writeValueAsString(spec));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "A " + spec.getClass().getName() + " cannot be written as JSON; give a spec of this package", e);
        }
    }

    /** Go escapes these characters; in JSON they stand in strings only, so replacing them everywhere is safe. */
    private static String escapedForHtml(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    interface KnownFieldsOnly {
        @JsonIgnore
        @JsonAnyGetter(enabled = false)
        Map<String, Object> additionalProperties();
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonPropertyOrder({"kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"})
    interface GoObjectReference {
        @JsonIgnore
        @JsonAnyGetter(enabled = false)
        Map<String, Object> getAdditionalProperties();
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonPropertyOrder({"matchLabels", "matchExpressions"})
    interface GoLabelSelector {
        @JsonIgnore
        @JsonAnyGetter(enabled = false)
        Map<String, Object> getAdditionalProperties();
    }

    @JsonPropertyOrder({"key", "operator", "values"})
    interface GoRequirement {
        @JsonIgnore
        @JsonAnyGetter(enabled = false)
        Map<String, Object> getAdditionalProperties();
    }

    @JsonSerialize(converter = CanonicalQuantity.class)
    interface GoQuantity {}
}

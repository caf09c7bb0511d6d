package dev.mtc.api;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Amounts of bytes as Kubernetes writes them. */
final class Quantities {

    private static final String POSITIVE = "(?=.*[1-9])[0-9]+(\\.[0-9]+)?([KMGTPE]i|[kMGTPE])?";

    private Quantities() {}

    /**
     * {@return a text that is a positive quantity}
     *
     * @param what it is the quantity of, for the message
     * @throws IllegalArgumentException if it is none
     */
    static String positive(String what, String text) {
        if (!text.matches(POSITIVE)) {
            throw new IllegalArgumentException(
                    what + " '" + text + "' is not a positive quantity; write it like 20Gi or 500M");
        }
        return text;
    }

    /** {@return so many bytes, at least 1, or empty for none} */
    static OptionalLong bytes(@Nullable String quantity) {
        return quantity == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(
                        1, Quantity.getAmountInBytes(new Quantity(quantity)).longValue()));
    }
}

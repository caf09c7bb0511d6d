package dev.mtc.engine.testing;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;

/** Sizes as Kubernetes writes them. */
final class Quantities {

    private Quantities() {}

    /** {@return the bytes of a quantity such as {@code 1Gi}, zero if it is none} */
    static long bytes(String quantity) {
        try {
            BigDecimal bytes = Quantity.getAmountInBytes(new Quantity(quantity));
            return bytes.longValue();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}

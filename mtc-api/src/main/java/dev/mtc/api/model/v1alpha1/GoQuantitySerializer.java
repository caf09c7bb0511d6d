package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Writes a quantity in Kubernetes' canonical form, in which Go writes back whatever it read: no fraction, and the largest
 * suffix of its family that allows that ({@code 1024Mi} is {@code 1Gi}, {@code 0.5} is {@code 500m}).
 */
final class GoQuantitySerializer extends JsonSerializer<Quantity> {

    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final BigDecimal KILO = BigDecimal.valueOf(1000);
    private static final int UNIT = 3;

    @Override
    public void serialize(Quantity quantity, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(canonical(quantity));
    }

    static String canonical(Quantity quantity) {
        BigDecimal value = quantity.getNumericalAmount();
        String format = quantity.getFormat() == null ? "" : quantity.getFormat();
        if (format.endsWith("i") && value.abs().compareTo(BigDecimal.valueOf(1024)) >= 0) {
            return binary(value.setScale(0, RoundingMode.UP).toBigInteger());
        }
        boolean exponent = format.length() > 1 && (format.startsWith("e") || format.startsWith("E"));
        return decimal(value.setScale(9, RoundingMode.UP), exponent);
    }

    private static String binary(BigInteger value) {
        int suffix = 0;
        BigInteger rest = value;
        while (suffix < BINARY.length - 1 && rest.mod(KIBI).signum() == 0) {
            rest = rest.divide(KIBI);
            suffix++;
        }
        return rest + BINARY[suffix];
    }

    private static String decimal(BigDecimal value, boolean exponent) {
        if (value.signum() == 0) {
            return "0";
        }
        int suffix = 0;
        BigDecimal rest = value.movePointRight(9);
        while (suffix < DECIMAL.length - 1 && rest.remainder(KILO).signum() == 0) {
            rest = rest.divide(KILO);
            suffix++;
        }
        String digits = rest.toBigInteger().toString();
        if (!exponent) {
            return digits + DECIMAL[suffix];
        }
        return suffix == UNIT ? digits : digits + "e" + 3 * (suffix - UNIT);
    }
}

package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a quantity in Kubernetes' canonical form, in which Go writes back whatever it read: no fraction, and the largest
 * suffix of its family that allows that ({@code 1024Mi} is {@code 1Gi}, {@code 0.5} is {@code 500m}).
 */
final class CanonicalQuantity extends StdConverter<Quantity, String> {

    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final Pattern EXPONENT = Pattern.compile("[eE]([+-]?[0-9]+)");
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final BigDecimal KILO = BigDecimal.valueOf(1000);
    private static final int UNIT = 3;
    private static final int NANO_DIGITS = 9;

    @Override
    public String convert(Quantity quantity) {
        String format = quantity.getFormat() == null ? "" : quantity.getFormat();
        BigDecimal value = new BigDecimal(quantity.getAmount()).multiply(unit(format));
        if (format.endsWith("i") && value.abs().compareTo(KIBI) >= 0) {
            return binary(value.setScale(0, RoundingMode.UP));
        }
        return decimal(
                value.setScale(NANO_DIGITS, RoundingMode.UP),
                EXPONENT.matcher(format).matches());
    }

    /** What one of that suffix is. Quantity's own arithmetic is exact to 16 digits only. */
    private static BigDecimal unit(String format) {
        Matcher exponent = EXPONENT.matcher(format);
        if (exponent.matches()) {
            return BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(exponent.group(1)));
        }
        int decimal = DECIMAL.indexOf(format);
        if (decimal >= 0) {
            return BigDecimal.ONE.scaleByPowerOfTen(3 * (decimal - UNIT));
        }
        int binary = BINARY.indexOf(format);
        if (binary < 0) {
            throw new IllegalArgumentException("Quantity suffix '" + format + "' is none of Kubernetes; use one of "
                    + BINARY.subList(1, BINARY.size()) + " or " + DECIMAL);
        }
        return KIBI.pow(binary);
    }

    private static String binary(BigDecimal value) {
        int suffix = 0;
        BigDecimal rest = value;
        while (suffix < BINARY.size() - 1 && rest.remainder(KIBI).signum() == 0) {
            rest = rest.divide(KIBI);
            suffix++;
        }
        return rest.toBigInteger() + BINARY.get(suffix);
    }

    private static String decimal(BigDecimal value, boolean exponent) {
        if (value.signum() == 0) {
            return "0";
        }
        int suffix = 0;
        BigDecimal rest = value.movePointRight(NANO_DIGITS);
        while (suffix < DECIMAL.size() - 1 && rest.remainder(KILO).signum() == 0) {
            rest = rest.divide(KILO);
            suffix++;
        }
        if (!exponent) {
            return rest.toBigInteger() + DECIMAL.get(suffix);
        }
        return suffix == UNIT ? rest.toBigInteger().toString() : rest.toBigInteger() + "e" + 3 * (suffix - UNIT);
    }
}

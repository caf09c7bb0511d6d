package dev.mtc.api;

import java.util.Locale;

/**
 * Byte counts as MTC writes them: SI units, two decimals.
 *
 * @since 0.1
 */
public final class Sizes {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Sizes() {}

    /**
     * {@return a byte count for people, such as {@code 10.00 MB} or {@code 12 bytes}}
     *
     * @param bytes at least 0
     */
    public static String format(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.995 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", value, UNITS[unit]);
    }
}

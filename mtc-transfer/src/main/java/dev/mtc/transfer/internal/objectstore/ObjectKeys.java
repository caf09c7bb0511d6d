package dev.mtc.transfer.internal.objectstore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The rules for keys, the same for every store: what one store keeps, another can. */
public final class ObjectKeys {

    /** The order in which S3 lists: by UTF-8 bytes, which is not that of {@link String#compareTo}. */
    public static final Comparator<String> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final int MAX_BYTES = 1024;

    private ObjectKeys() {}

    /** {@return the key, if it is one} */
    public static String require(String key) {
        if (!isKey(key)) {
            throw new IllegalArgumentException("'" + key + "' is not an object key; use at most " + MAX_BYTES
                    + " bytes of relative path without empty, '.' or '..' parts and without control characters");
        }
        return key;
    }

    /** {@return the prefix, if keys can start with it} */
    public static String requirePrefix(String prefix) {
        // what follows the last slash may be part of a name, a single dot too
        String parents = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        if (!parents.isEmpty()) {
            require(parents.substring(0, parents.length() - 1));
        }
        return prefix;
    }

    static boolean isKey(String key) {
        if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return false;
        }
        for (String part : key.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return key.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\');
    }

    /** Refuses a negative offset. */
    public static void requireOffset(long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("The offset " + offset + " is negative; give the first byte wanted");
        }
    }
}

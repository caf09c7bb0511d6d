package dev.mtc.api;

import java.util.Objects;
import java.util.regex.Pattern;

/** Kubernetes' rules for names (RFC 1123). */
final class Names {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");

    private Names() {}

    static boolean isLabel(String name) {
        return name.length() <= 63 && LABEL.matcher(name).matches();
    }

    static boolean isSubdomain(String name) {
        return name.length() <= 253 && SUBDOMAIN.matcher(name).matches();
    }

    static String subdomain(String what, String name) {
        Objects.requireNonNull(name, what);
        if (!isSubdomain(name)) {
            throw new IllegalArgumentException(
                    "The " + what + " '" + name
                            + "' is not an RFC 1123 subdomain; use at most 253 lower-case letters, digits and inner '-' and '.'");
        }
        return name;
    }

    static String label(String what, String name) {
        Objects.requireNonNull(name, what);
        if (!isLabel(name)) {
            throw new IllegalArgumentException("The " + what + " '" + name
                    + "' is not an RFC 1123 label; use at most 63 lower-case letters, digits and inner '-'");
        }
        return name;
    }
}

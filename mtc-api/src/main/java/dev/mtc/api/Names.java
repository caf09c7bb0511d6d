package dev.mtc.api;

import java.util.Objects;
import java.util.regex.Pattern;

/** Rules for names: Kubernetes' (RFC 1123), and those of images (distribution's reference grammar). */
final class Names {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");

    private static final int LONGEST_IMAGE = 500;
    private static final String HOST = "[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?";
    private static final String PATH = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern IMAGE =
            Pattern.compile("((" + HOST + "(\\." + HOST + ")*|\\[[0-9a-fA-F:]+\\])(:[0-9]+)?/)?" + PATH + "(/" + PATH
                    + ")*(:\\w[-.\\w]{0,127})?(@[a-z0-9]+([-_+.][a-z0-9]+)*:[0-9a-fA-F]{32,})?");

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

    static String image(String what, String reference) {
        if (Objects.requireNonNull(reference, what).isBlank()) {
            throw new IllegalArgumentException(
                    "The " + what + " is blank; give a reference such as quay.io/acme/hook:1");
        }
        if (reference.length() > LONGEST_IMAGE || !IMAGE.matcher(reference).matches()) {
            throw new IllegalArgumentException("The " + what + " '" + reference
                    + "' is not an image reference; give one such as quay.io/acme/hook:1");
        }
        return reference;
    }
}

package dev.mtc.transfer.internal.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * Whom a login is for: scheme, host and port of an address, however it is written.
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port the scheme's own if the address names none
 */
record Origin(String scheme, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static Origin of(URI uri) {
        String scheme = lower(uri.getScheme());
        int usual = scheme.equals("https") ? HTTPS : HTTP;
        return new Origin(scheme, lower(uri.getHost()), uri.getPort() < 0 ? usual : uri.getPort());
    }

    private static String lower(String text) {
        return Objects.requireNonNullElse(text, "").toLowerCase(Locale.ROOT);
    }
}

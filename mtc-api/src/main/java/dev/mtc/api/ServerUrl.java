package dev.mtc.api;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/** Reads URLs of servers. A URL with a user or password is refused, because URLs are printed. */
final class ServerUrl {

    private ServerUrl() {}

    static URI parse(String what, String text, String... schemes) {
        Objects.requireNonNull(text, what);
        if (text.contains("@")) {
            throw new IllegalArgumentException(what + " '" + masked(text)
                    + "' holds credentials; leave out what stands before the '@' and give them as a Secret");
        }
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + " '" + text + "' is malformed; give " + schemes[0] + "://host:port", e);
        }
        if (uri.getHost() == null || !List.of(schemes).contains(uri.getScheme())) {
            throw new IllegalArgumentException(what + " '" + text + "' is not an " + String.join(" or ", schemes)
                    + " URL with a host; give " + schemes[0] + "://host:port");
        }
        return uri;
    }

    /** {@return the text with everything before its last '@' hidden} */
    static String masked(String text) {
        return text.replaceFirst("(?s).*@", "***@");
    }
}

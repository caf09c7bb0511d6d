package dev.mtc.transfer.internal.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a registry wants to be logged in to, from its {@code WWW-Authenticate} headers.
 *
 * @param scheme {@code basic} or {@code bearer}
 * @param parameters realm, service and others
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]+))");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /** {@return the challenge to answer, bearer rather than basic, null if there is none of both} */
    static @Nullable Challenge best(List<String> headers) {
        Challenge best = null;
        for (String header : headers) {
            String[] words = header.strip().split("\\s+", 2);
            String scheme = words[0].toLowerCase(Locale.ROOT);
            if (scheme.equals("bearer") || (scheme.equals("basic") && best == null)) {
                best = new Challenge(scheme, parameters(words.length > 1 ? words[1] : ""));
            }
        }
        return best;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            String value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    boolean isBearer() {
        return scheme.equals("bearer");
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }
}

package dev.mtc.engine.internal.objects;

import dev.mtc.api.NamespaceMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds host names of services in texts whose namespace gets another name: {@code web.shop.svc}, with anything before and after, and
 * {@code web.shop} where the source has such a service. Immutable.
 */
final class ServiceHostNames {

    private static final String SVC = ".svc";

    private final RestoreSettings settings;
    private final Surroundings surroundings;
    private final @Nullable Pattern namespace;

    ServiceHostNames(RestoreSettings settings, Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
        String renamed = settings.namespaces().stream()
                .filter(NamespaceMapping::isRename)
                .map(mapping -> Pattern.quote(mapping.source()))
                .collect(Collectors.joining("|"));
        namespace = renamed.isEmpty() ? null : Pattern.compile("(?<=\\.)(?:" + renamed + ")(?![A-Za-z0-9-])");
    }

    /**
     * A host name in a text.
     *
     * @param host as it stands there
     * @param becomes what it would be on the target
     * @param start where its namespace begins
     * @param end where its namespace ends
     * @param certain whether it can be nothing else
     */
    record Found(String host, String becomes, int start, int end, boolean certain) {}

    /** {@return whether there is anything to find} */
    boolean isAnyRenamed() {
        return namespace != null;
    }

    List<Found> in(String text) {
        List<Found> found = new ArrayList<>();
        if (namespace != null) {
            Matcher matcher = namespace.matcher(text);
            while (matcher.find()) {
                look(text, matcher.start(), matcher.end(), found);
            }
        }
        return found;
    }

    private void look(String text, int start, int end, List<Found> found) {
        int from = hostStart(text, start);
        int to = hostEnd(text, end);
        boolean isFull = text.startsWith(SVC, end)
                && (end + SVC.length() >= text.length() || !isLabelCharacter(text.charAt(end + SVC.length())));
        boolean isShort =
                to == end && surroundings.hasService(text.substring(start, end), text.substring(from, start - 1));
        if (isFull || isShort) {
            String target = settings.target(text.substring(start, end));
            found.add(new Found(
                    text.substring(from, to),
                    text.substring(from, start) + target + text.substring(end, to),
                    start,
                    end,
                    isFull || isInUrl(text, from, to)));
        }
    }

    private static int hostStart(String text, int within) {
        int from = within;
        while (from > 0 && isHostCharacter(text.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    /** A dot at the end belongs to the sentence, or to nothing that matters here. */
    private static int hostEnd(String text, int within) {
        int to = within;
        while (to < text.length() && isHostCharacter(text.charAt(to))) {
            to++;
        }
        while (to > within && text.charAt(to - 1) == '.') {
            to--;
        }
        return to;
    }

    /** A short name may be anything, unless it stands where a URL has its host, or before a port. */
    private static boolean isInUrl(String text, int from, int to) {
        boolean afterScheme = text.startsWith("//", from - 2) || text.startsWith("@", from - 1);
        boolean beforePort = to + 1 < text.length() && text.charAt(to) == ':' && Character.isDigit(text.charAt(to + 1));
        return afterScheme || beforePort;
    }

    private static boolean isHostCharacter(char c) {
        return c == '.' || c == '*' || isLabelCharacter(c);
    }

    private static boolean isLabelCharacter(char c) {
        return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** {@return the text with the names that are certain as they are on the target} */
    String rewritten(String text) {
        StringBuilder changed = new StringBuilder();
        int copied = 0;
        for (Found found : in(text)) {
            if (found.certain()) {
                String source = text.substring(found.start(), found.end());
                changed.append(text, copied, found.start()).append(settings.target(source));
                copied = found.end();
            }
        }
        return copied == 0 ? text : changed.append(text, copied, text.length()).toString();
    }
}

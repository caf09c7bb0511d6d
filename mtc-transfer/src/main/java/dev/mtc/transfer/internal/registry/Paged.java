package dev.mtc.transfer.internal.registry;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a list.
 *
 * @param items what it holds
 * @param next address of the next part, empty after the last
 */
record Paged<T>(List<T> items, String next) {

    /** RFC 8288, as the distribution specification uses it. */
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>[^,]*;\\s*rel=\"?next\"?");

    Paged {
        items = List.copyOf(items);
    }

    /** {@return where an answer says that the list goes on, empty if it does not} */
    static String next(Answer answer) {
        String link = answer.header("Link");
        Matcher matcher = NEXT.matcher(link == null ? "" : link);
        return matcher.find() ? answer.uri().resolve(matcher.group(1)).toString() : "";
    }
}

package dev.mtc.api;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The part of a page that says what became of everything: a table for each kind of item. */
final class ReportItems {

    /** Kinds of items in the order in which people ask for them. */
    enum Kind {
        VOLUME("volume", "Volumes", true),
        IMAGE("image", "Images", true),
        HOOK("hook", "Hooks", false),
        OBJECT("object", "Objects", false);

        private final String word;
        private final String title;
        private final boolean hasData;

        Kind(String word, String title, boolean hasData) {
            this.word = word;
            this.title = title;
            this.hasData = hasData;
        }

        String title() {
            return title;
        }

        List<ItemOutcome> of(List<ItemOutcome> items) {
            return items.stream().filter(item -> item.kind().equals(word)).toList();
        }

        /** {@return how many of them came to which end, empty if there are none} */
        String counts(List<ItemOutcome> items) {
            List<ItemOutcome> some = of(items);
            long moved = some.stream().mapToLong(ItemOutcome::movedBytes).sum();
            return some.stream()
                            .collect(Collectors.groupingBy(ItemOutcome::action, TreeMap::new, Collectors.counting()))
                            .entrySet()
                            .stream()
                            .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))
                    + (hasData && moved > 0 ? ", " + Sizes.format(moved) + " moved" : "");
        }
    }

    private final List<ItemOutcome> items;
    private final HtmlText html;

    ReportItems(List<ItemOutcome> items, HtmlText html) {
        this.items = items;
        this.html = html;
    }

    void write() {
        for (Kind kind : Kind.values()) {
            List<ItemOutcome> some = kind.of(items);
            if (!some.isEmpty()) {
                table(kind, some);
            }
        }
    }

    private void table(Kind kind, List<ItemOutcome> some) {
        boolean hasNotes = some.stream().anyMatch(item -> !note(kind, item).isEmpty());
        html.raw("<section class=\"items\">\n<h2>")
                .text(kind.title())
                .raw(" <span class=\"count\">" + some.size()
                        + "</span></h2>\n<table>\n<colgroup><col class=\"action\" />")
                .raw(kind == Kind.OBJECT ? "<col class=\"type\" />" : "")
                .raw(hasNotes ? "<col class=\"" + (kind.hasData ? "item" : "subject") + "\" />" : "<col />")
                .raw(kind.hasData ? "<col class=\"number\" /><col class=\"number\" /><col class=\"proof\" />" : "")
                .raw(hasNotes ? "<col />" : "")
                .raw("</colgroup>\n<thead><tr><th>Outcome</th>")
                .raw(kind == Kind.OBJECT ? "<th>Kind</th>" : "")
                .raw("<th>Name</th>")
                .raw(
                        kind.hasData
                                ? "<th class=\"number\">Moved</th><th class=\"number\">Size</th><th>Verification</th>"
                                : "")
                .raw(hasNotes ? "<th>Note</th>" : "")
                .raw("</tr></thead>\n<tbody>\n");
        some.forEach(item -> row(kind, item, hasNotes));
        html.raw("</tbody>\n</table>\n</section>\n");
    }

    private void row(Kind kind, ItemOutcome item, boolean hasNotes) {
        String action = item.action().name().toLowerCase(Locale.ROOT);
        html.raw("<tr><td><span class=\"outcome " + action + "\">" + action + "</span></td>");
        int space = kind == Kind.OBJECT ? item.name().indexOf(' ') : -1;
        if (kind == Kind.OBJECT) {
            html.element("td class=\"name\"", space < 0 ? "" : item.name().substring(0, space));
        }
        html.element("td class=\"name\"", item.name().substring(space + 1));
        if (kind.hasData) {
            bytes(item.movedBytes());
            bytes(item.totalBytes());
            html.element("td", verification(item));
        }
        if (hasNotes) {
            html.element("td", note(kind, item));
        }
        html.raw("</tr>\n");
    }

    private static String verification(ItemOutcome item) {
        String proof = item.proof();
        if (proof == null) {
            return item.action() == ItemOutcome.Action.COPIED ? "not verified" : "-";
        }
        return proof;
    }

    /** {@return what is worth knowing} The proof has no column of its own where hardly anything has one. */
    private static String note(Kind kind, ItemOutcome item) {
        String proof = item.proof();
        if (kind.hasData || proof == null) {
            return item.detail();
        }
        return item.detail() + (item.detail().isEmpty() ? "" : "; ") + proof;
    }

    private void bytes(long count) {
        html.raw("<td class=\"number\" data-value=\"" + count + "\">")
                .text(count == 0 ? "-" : Sizes.format(count))
                .raw("</td>");
    }
}

package dev.mtc.api;

import java.util.Locale;

/** Collects HTML. What comes in as text is escaped, whatever it holds. */
final class HtmlText {

    private final StringBuilder html = new StringBuilder();

    /** Adds markup, which only this library writes. */
    HtmlText raw(String markup) {
        html.append(markup);
        return this;
    }

    /** Adds text. */
    HtmlText text(String text) {
        text.codePoints().forEach(this::escaped);
        return this;
    }

    /** Adds an element that holds text. */
    HtmlText element(String opening, String text) {
        String tag = opening.contains(" ") ? opening.substring(0, opening.indexOf(' ')) : opening;
        return raw("<" + opening + ">").text(text).raw("</" + tag + ">");
    }

    private void escaped(int c) {
        switch (c) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            case '\n', '\t' -> html.appendCodePoint(c);
            default -> {
                if (isPlain(c)) {
                    html.appendCodePoint(c);
                } else {
                    html.append(String.format(Locale.ROOT, "\\u%04x", c));
                }
            }
        }
    }

    /** {@return whether it shows as itself} Control and format characters, which can turn a line round, do not. */
    private static boolean isPlain(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    @Override
    public String toString() {
        return html.toString();
    }
}

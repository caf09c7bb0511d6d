package dev.mtc.examples.bench;

import java.util.Locale;

/**
 * What is expected of a measurement.
 *
 * @param what names it
 * @param measured the figure, not a number if it was not measured
 * @param relation how it has to be
 * @param limit to what
 */
record Bar(String what, double measured, Relation relation, double limit) {

    /** How a figure has to be. */
    enum Relation {
        AT_LEAST("≥"),
        AT_MOST("≤"),
        BELOW("<");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    private String verdict() {
        if (Double.isNaN(measured)) {
            return "not measured";
        }
        boolean holds =
                switch (relation) {
                    case AT_LEAST -> measured >= limit;
                    case AT_MOST -> measured <= limit;
                    case BELOW -> measured < limit;
                };
        return holds ? "PASS" : "MISS";
    }

    /** {@return a row of a Markdown table} */
    String row() {
        return "| " + what + " | " + relation.sign + " " + number(limit) + " | "
                + (Double.isNaN(measured) ? "" : number(measured)) + " | " + verdict() + " |";
    }

    private static String number(double figure) {
        return figure < 10 ? String.format(Locale.ROOT, "%.2f", figure) : String.format(Locale.ROOT, "%,.0f", figure);
    }
}

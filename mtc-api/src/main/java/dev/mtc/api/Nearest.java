package dev.mtc.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody meant. */
final class Nearest {

    private Nearest() {}

    /** {@return the known word that is nearest to what was written, if one is near} */
    static Optional<String> to(String written, Collection<String> known) {
        return known.stream()
                .filter(word -> distance(written, word) <= Math.max(2, word.length() / 3))
                .min(Comparator.comparingInt((String word) -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@return a fix: the nearest word if there is one, or else all known words} */
    static String fix(String written, Collection<String> known) {
        return to(written, known)
                .map(word -> "did you mean " + word + "?")
                .orElseGet(() -> known.isEmpty()
                        ? "remove it"
                        : "use one of "
                                + known.stream().sorted().toList().toString().replaceAll("^\\[|]$", ""));
    }

    /** Edits that lead from one word to the other, letter case aside; a swap of neighbours is one edit. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = row[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(row[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], before[j - 2] + 1);
                }
            }
            before = row;
            row = current;
        }
        return row[b.length()];
    }
}

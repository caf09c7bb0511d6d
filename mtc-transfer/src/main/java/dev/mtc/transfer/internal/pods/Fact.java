package dev.mtc.transfer.internal.pods;

import java.util.Arrays;
import java.util.Optional;

/**
 * What one side only says about a file: a line of its description that the other side's lacks.
 *
 * @param isSource whether the source says it, and not the target
 * @param path the file's name below the volume's root, readable
 * @param topic what it is about
 * @param value what it is
 */
record Fact(boolean isSource, String path, Topic topic, String value) {

    private static final int FIELDS = 3;

    /** What facts are about. */
    enum Topic {
        METADATA("m"),
        LINK_TARGET("l"),
        DEVICE("d"),
        OTHER_NAME("k"),
        ATTRIBUTE("x"),
        CONTENT("h");

        private final String letter;

        Topic(String letter) {
            this.letter = letter;
        }

        private static Optional<Topic> of(String letter) {
            return Arrays.stream(values())
                    .filter(topic -> topic.letter.equals(letter))
                    .findFirst();
        }
    }

    /**
     * {@return the fact of a line, empty if it tells none, as one that was cut}
     *
     * @param line {@code +} or {@code -}, name, topic and value, separated by tabs
     */
    static Optional<Fact> parse(String line) {
        String[] fields = line.split("\t", FIELDS);
        if (fields.length < FIELDS || !(line.startsWith("+./") || line.startsWith("-./") || fields[0].length() == 2)) {
            return Optional.empty();
        }
        String path = fields[0].length() == 2 ? "." : fields[0].substring("+./".length());
        return Topic.of(fields[1])
                .map(topic -> new Fact(line.charAt(0) == '-', EscapedText.readable(path), topic, fields[2]));
    }
}

package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.EndpointChoice;
import java.util.List;
import java.util.Optional;

/**
 * Which endpoint a sender uses, as it says at the end of each line of its log.
 *
 * @param text for people, with the reason where it is not the first
 */
record Via(String text) {

    private static final String MARK = "via=";

    /** {@return what the last line says that tells it} */
    static Optional<Via> latest(String log) {
        List<String> lines = log.lines().filter(line -> line.contains(MARK)).toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(of(lines.get(lines.size() - 1)));
    }

    private static Via of(String line) {
        return new Via(line.substring(line.indexOf(MARK) + MARK.length()).strip());
    }

    boolean isTunnel() {
        return text.startsWith(EndpointChoice.TUNNEL.word());
    }
}

package dev.mtc.engine.internal.itinerary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.engine.internal.itinerary.Deviations.Deviation;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Prints the itineraries, so that what is documented is what is done. */
class ItinerariesDocTest {

    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "docs", "itineraries.md");
    private static final String UPDATE = "mtc.docs.update";

    @Test
    void document_ofItineraries_equalsTheCode() throws IOException {
        String text = document();
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, text);
        }

        assertThat(DOCUMENT)
                .as("the itineraries have changed; if that is intended, run mvn -pl mtc-engine"
                        + " -Dtest=ItinerariesDocTest -D" + UPDATE + "=true test and commit " + DOCUMENT)
                .content()
                .isEqualTo(text);
    }

    private static String document() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add("# Itineraries").add("");
        lines.add(
                        "A migration walks through the phases of an itinerary. A phase is skipped if one of its flags does not")
                .add("hold at the moment when it would be entered. The tables are printed from the code by"
                        + " `ItinerariesDocTest`.");
        for (Kind kind : Kind.values()) {
            lines.add("").add("## " + kind.wireName()).add("");
            table(kind, lines);
            lines.add("").add("In what it differs from MTC 1.8:").add("");
            deviations(kind, lines);
        }
        lines.add("").add("## All itineraries").add("");
        Deviations.general().forEach(deviation -> lines.add("* " + deviation));
        return lines.toString();
    }

    private static void table(Kind kind, StringJoiner lines) {
        lines.add("| # | Phase | Step | Flags | Limit | What is done |").add("|---|---|---|---|---|---|");
        Itinerary itinerary = Itineraries.of(kind);
        for (Leg leg : itinerary.legs()) {
            String flags = leg.allOf().stream().sorted().map(MtcRow::word).collect(Collectors.joining(", "));
            lines.add("| " + itinerary.indexOf(leg.phase()) + " | " + leg.phase() + " | " + leg.step() + " | " + flags
                    + (flags.isEmpty() ? "| " : " | ") + limit(leg.limit()) + " | "
                    + leg.phase().description() + " |");
        }
    }

    private static String limit(Duration limit) {
        return limit.toHours() > 0 ? limit.toHours() + " h" : limit.toMinutes() + " min";
    }

    private static void deviations(Kind kind, StringJoiner lines) {
        Map<String, String> phases = new LinkedHashMap<>();
        for (Deviation deviation : Deviations.of(kind)) {
            phases.merge(
                    " (" + deviation.what() + "): " + deviation.reason() + ".",
                    deviation.phase(),
                    (known, more) -> known + ", " + more);
        }
        phases.forEach((reason, names) -> lines.add("* " + names + reason));
    }
}

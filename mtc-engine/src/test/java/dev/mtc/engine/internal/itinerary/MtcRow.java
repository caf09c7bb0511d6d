package dev.mtc.engine.internal.itinerary;

import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of an itinerary in MTC's words. */
record MtcRow(String phase, String step, Set<String> flags) {

    /** Flags of MTC that are part of another one here. */
    private static final Set<String> CONTAINED = Set.of("EnableImage", "EnableVolume");

    /** {@return MTC 1.8's itinerary of a kind} */
    static List<MtcRow> ofMtc(Kind kind) {
        try (InputStream text = Objects.requireNonNull(MtcRow.class.getResourceAsStream("mtc-1.8.txt"))) {
            String title = "[" + kind.wireName() + "]";
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .dropWhile(line -> !line.equals(title))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("["))
                    .map(MtcRow::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return this engine's itinerary of a kind} */
    static List<MtcRow> ofEngine(Kind kind) {
        return Itineraries.of(kind).legs().stream()
                .map(leg -> new MtcRow(
                        leg.phase().toString(),
                        leg.step(),
                        leg.allOf().stream().map(MtcRow::word).collect(Collectors.toSet())))
                .toList();
    }

    private static MtcRow parse(String line) {
        List<String> words = List.of(line.split(" "));
        return new MtcRow(
                words.get(0),
                words.get(1),
                words.stream().skip(2).filter(flag -> !CONTAINED.contains(flag)).collect(Collectors.toSet()));
    }

    /** {@return MTC's name of a flag} */
    static String word(Flag flag) {
        String word = Stream.of(flag.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return flag == Flag.VERIFY ? "Has" + word : word;
    }
}

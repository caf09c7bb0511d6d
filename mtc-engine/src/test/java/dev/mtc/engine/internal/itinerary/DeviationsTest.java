package dev.mtc.engine.internal.itinerary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.engine.internal.itinerary.Deviations.Deviation;
import dev.mtc.engine.internal.itinerary.Deviations.What;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the itineraries against MTC 1.8's: what differs is listed, and what is listed differs. */
class DeviationsTest {

    private static Set<String> listed(Kind kind, What what) {
        return Deviations.of(kind).stream()
                .filter(deviation -> deviation.what() == what)
                .map(Deviation::phase)
                .collect(Collectors.toSet());
    }

    private static Set<String> phases(List<MtcRow> rows) {
        return rows.stream().map(MtcRow::phase).collect(Collectors.toSet());
    }

    private static List<MtcRow> common(List<MtcRow> rows, List<MtcRow> others) {
        return rows.stream().filter(row -> phases(others).contains(row.phase())).toList();
    }

    private static MtcRow row(List<MtcRow> rows, String phase) {
        return rows.stream()
                .filter(row -> row.phase().equals(phase))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> order(List<MtcRow> rows, Predicate<String> wanted) {
        return rows.stream().map(MtcRow::phase).filter(wanted).toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void rows_thatOnlyOneSideHas_areListed(Kind kind) {
        Set<String> mtc = phases(MtcRow.ofMtc(kind));
        Set<String> own = phases(MtcRow.ofEngine(kind));

        assertThat(mtc.stream().filter(phase -> !own.contains(phase)).collect(Collectors.toSet()))
                .isEqualTo(listed(kind, What.LEFT_OUT));
        assertThat(own.stream().filter(phase -> !mtc.contains(phase)).collect(Collectors.toSet()))
                .isEqualTo(listed(kind, What.ADDED));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void flags_ofRowsThatBothHave_areTheSameOrListed(Kind kind) {
        List<MtcRow> mtc = MtcRow.ofMtc(kind);
        List<MtcRow> own = MtcRow.ofEngine(kind);

        assertThat(common(own, mtc).stream()
                        .filter(row -> !row.flags().equals(row(mtc, row.phase()).flags()))
                        .map(MtcRow::phase)
                        .collect(Collectors.toSet()))
                .isEqualTo(listed(kind, What.OTHER_FLAGS));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void placesAndSteps_ofRowsThatBothHave_areTheSameOrListed(Kind kind) {
        List<MtcRow> mtc = common(MtcRow.ofMtc(kind), MtcRow.ofEngine(kind));
        List<MtcRow> own = common(MtcRow.ofEngine(kind), mtc);
        Set<String> moved = listed(kind, What.MOVED);
        Predicate<String> stays = phase -> !moved.contains(phase);

        assertThat(order(own, stays)).isEqualTo(order(mtc, stays));
        assertThat(own).filteredOn(row -> stays.test(row.phase())).allSatisfy(row -> assertThat(row.step())
                .as(row.phase())
                .isEqualTo(row(mtc, row.phase()).step()));
        assertThat(moved).allSatisfy(phase -> {
            Predicate<String> staysOrIsIt = stays.or(phase::equals);
            assertThat(row(own, phase).step().equals(row(mtc, phase).step())
                            && order(own, staysOrIsIt).equals(order(mtc, staysOrIsIt)))
                    .as("%s is at MTC's place", phase)
                    .isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void deviations_ofEachItinerary_areNamedOnceWithAReason(Kind kind) {
        assertThat(Deviations.of(kind))
                .allSatisfy(deviation -> assertThat(deviation.reason()).isNotBlank())
                .extracting(deviation -> deviation.phase() + " " + deviation.what())
                .doesNotHaveDuplicates();
    }
}

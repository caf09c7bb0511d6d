package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Phase;
import dev.mtc.engine.internal.itinerary.Flag;
import dev.mtc.engine.internal.itinerary.Itineraries;
import dev.mtc.engine.internal.itinerary.Itinerary;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.internal.itinerary.Leg;
import dev.mtc.engine.internal.phase.PhaseHandlers;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ItinerariesTest {

    private static final Set<Flag> ALL = EnumSet.allOf(Flag.class);

    private static List<Phase> visited(Kind kind, Set<Flag> flags) {
        Itinerary itinerary = Itineraries.of(kind);
        return Stream.iterate(
                        Optional.of(itinerary.first()),
                        Optional::isPresent,
                        leg -> itinerary.after(leg.orElseThrow().phase(), flags))
                .map(leg -> leg.orElseThrow().phase())
                .toList();
    }

    @Test
    void handlers_ofAllPhases_areThoseThatItinerariesVisit() {
        Set<Phase> visited = Stream.of(Kind.values())
                .flatMap(kind -> Itineraries.of(kind).legs().stream())
                .map(Leg::phase)
                .collect(Collectors.toSet());

        assertThat(PhaseHandlers.all().keySet()).isEqualTo(visited).containsExactlyInAnyOrder(Phase.values());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void legs_ofEachItinerary_areUniqueAndEndWithCompleted(Kind kind) {
        List<Phase> phases =
                Itineraries.of(kind).legs().stream().map(Leg::phase).toList();

        assertThat(phases).doesNotHaveDuplicates().last().isEqualTo(Phase.COMPLETED);
        assertThat(visited(kind, Set.of())).last().isEqualTo(Phase.COMPLETED);
        assertThat(visited(kind, ALL)).isEqualTo(phases);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void steps_ofEachItinerary_areNotInterleaved(Kind kind) {
        List<String> runs = new java.util.ArrayList<>();
        for (Leg leg : Itineraries.of(kind).legs()) {
            if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(leg.step())) {
                runs.add(leg.step());
            }
        }
        boolean cleansMigratedBetween = kind == Kind.FAILED;

        if (!cleansMigratedBetween) {
            assertThat(runs).doesNotHaveDuplicates();
        }
        assertThat(Itineraries.of(kind).steps(ALL)).containsExactlyElementsOf(new java.util.LinkedHashSet<>(runs));
    }

    @Test
    void finalItinerary_lastVolumePass_comesAfterTheSourceIsQuiesced() {
        Itinerary cutover = Itineraries.of(Kind.FINAL);

        assertThat(List.of(
                        cutover.indexOf(Phase.INITIAL_BACKUP_CREATED),
                        cutover.indexOf(Phase.QUIESCE_SOURCE_APPLICATIONS),
                        cutover.indexOf(Phase.ENSURE_SRC_QUIESCED),
                        cutover.indexOf(Phase.CREATE_DIRECT_VOLUME_MIGRATION_FINAL),
                        cutover.indexOf(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION),
                        cutover.indexOf(Phase.ENSURE_FINAL_RESTORE),
                        cutover.indexOf(Phase.UNQUIESCE_DEST_APPLICATIONS)))
                .isSorted()
                .doesNotContain(0);
    }

    @Test
    void after_withoutFlags_leavesOptionalPhasesOut() {
        assertThat(visited(Kind.FINAL, Set.of()))
                .doesNotContain(
                        Phase.PRE_BACKUP_HOOKS,
                        Phase.CREATE_DIRECT_IMAGE_MIGRATION,
                        Phase.QUIESCE_SOURCE_APPLICATIONS,
                        Phase.ENSURE_SRC_QUIESCED,
                        Phase.CREATE_DIRECT_VOLUME_MIGRATION_FINAL,
                        Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION,
                        Phase.POST_RESTORE_HOOKS,
                        Phase.VERIFICATION)
                .contains(Phase.ENSURE_INITIAL_BACKUP, Phase.FINAL_RESTORE_CREATED, Phase.UNQUIESCE_DEST_APPLICATIONS);
    }

    @Test
    void after_flagsThatMustAllHold_holdTogether() {
        Itinerary cancel = Itineraries.of(Kind.CANCEL);

        assertThat(cancel.after(Phase.ENSURE_STAGE_PODS_DELETED, Set.of(Flag.RESTORE_BEGUN)))
                .map(Leg::phase)
                .contains(Phase.CANCELED);
        assertThat(cancel.after(Phase.ENSURE_STAGE_PODS_DELETED, Set.of(Flag.RESTORE_BEGUN, Flag.QUIESCE)))
                .map(Leg::phase)
                .contains(Phase.QUIESCE_DEST_APPLICATIONS);
        assertThat(cancel.after(Phase.COMPLETED, ALL)).isEmpty();
    }

    @Test
    void failedItinerary_keepingEverything_doesNothing() {
        assertThat(visited(Kind.FAILED, Set.of(Flag.QUIESCE, Flag.RESTORE_BEGUN)))
                .containsExactly(Phase.MIGRATION_FAILED, Phase.COMPLETED);
    }

    @Test
    void failedItinerary_rollingBack_startsTheSourceAfterTheTargetIsEmpty() {
        assertThat(visited(Kind.FAILED, ALL))
                .containsSubsequence(
                        Phase.ENSURE_DEST_QUIESCED, Phase.ENSURE_MIGRATED_DELETED, Phase.UNQUIESCE_SRC_APPLICATIONS);
    }

    @Test
    void steps_withoutFlags_areThoseThatRun() {
        assertThat(Itineraries.of(Kind.FINAL).steps(Set.of()))
                .containsExactly("Prepare", "Backup", "Restore", "Cleanup");
        assertThat(Itineraries.of(Kind.FINAL).steps(Set.of(Flag.QUIESCE, Flag.DIRECT_VOLUME)))
                .containsExactly("Prepare", "Backup", "StageBackup", "DirectVolume", "Restore", "Cleanup");
    }
}

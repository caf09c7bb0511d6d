package dev.mtc.engine.internal.itinerary;

import dev.mtc.api.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Phases in the order in which they are visited.
 *
 * @param kind which itinerary
 * @param legs its rows; the last one ends the migration
 */
public record Itinerary(Kind kind, List<Leg> legs) {

    /** The itineraries of MTC. */
    public enum Kind {
        /** Copy data ahead. */
        STAGE("Stage"),
        /** Move the application. */
        FINAL("Final"),
        /** Stop a running migration. */
        CANCEL("Cancel"),
        /** Deal with a failure. */
        FAILED("Failed"),
        /** Undo a migration. */
        ROLLBACK("Rollback");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** {@return MTC's name of it, as in {@code status.itinerary}} */
        public String wireName() {
            return wireName;
        }
    }

    public Itinerary {
        legs = List.copyOf(legs);
    }

    /** {@return the first row} */
    public Leg first() {
        return legs.get(0);
    }

    /** {@return the row of a phase, if this itinerary has it} */
    public Optional<Leg> leg(Phase phase) {
        return legs.stream().filter(leg -> leg.phase() == phase).findFirst();
    }

    /** {@return the place of a phase from 1, 0 if this itinerary does not have it} */
    public int indexOf(Phase phase) {
        for (int i = 0; i < legs.size(); i++) {
            if (legs.get(i).phase() == phase) {
                return i + 1;
            }
        }
        return 0;
    }

    /** {@return the row to enter after a phase, empty after the last} */
    public Optional<Leg> after(Phase phase, Set<Flag> flags) {
        return legs.stream()
                .skip(indexOf(phase))
                .filter(leg -> leg.runsWith(flags))
                .findFirst();
    }

    /** {@return the pipeline steps that have a row which runs with these flags, in order} */
    public List<String> steps(Set<Flag> flags) {
        return legs.stream()
                .filter(leg -> leg.runsWith(flags))
                .map(Leg::step)
                .distinct()
                .toList();
    }
}

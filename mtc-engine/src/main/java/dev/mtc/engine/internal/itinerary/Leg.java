package dev.mtc.engine.internal.itinerary;

import dev.mtc.api.Phase;
import java.time.Duration;
import java.util.Set;

/**
 * A row of an itinerary.
 *
 * @param phase what is done
 * @param step the pipeline step it belongs to
 * @param allOf flags that must all hold for it to be entered
 * @param limit how long it may take
 */
public record Leg(Phase phase, String step, Set<Flag> allOf, Duration limit) {

    public Leg {
        allOf = Set.copyOf(allOf);
    }

    boolean runsWith(Set<Flag> flags) {
        return flags.containsAll(allOf);
    }
}

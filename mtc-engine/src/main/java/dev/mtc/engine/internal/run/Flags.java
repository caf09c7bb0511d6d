package dev.mtc.engine.internal.run;

import dev.mtc.engine.internal.itinerary.Flag;
import java.util.Set;

/** Says which flags hold for a run now. May ask clusters. */
@FunctionalInterface
public interface Flags {

    /** {@return the flags that hold} */
    Set<Flag> of(RunContext context);
}

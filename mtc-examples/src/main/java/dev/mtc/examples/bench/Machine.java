package dev.mtc.examples.bench;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** On what something was measured. */
final class Machine {

    private static final long MIB = 1 << 20;

    private Machine() {}

    /**
     * {@return a sentence that tells day, processors, Java and load}
     *
     * @param how what else has to be known, such as how many rounds
     */
    static String sentence(String how) {
        return sentence("heap up to " + Runtime.getRuntime().maxMemory() / MIB + " MiB", how);
    }

    /**
     * {@return the same of what ran in processes of its own}
     *
     * @param heap how much memory they had
     * @param how what else has to be known
     */
    static String sentence(String heap, String how) {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, Java %s, %s, %s. Load at the start: %s.",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                heap,
                how,
                load());
    }

    /** {@return how many processes want a processor now, on average} */
    static String load() {
        double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return average < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", average);
    }
}

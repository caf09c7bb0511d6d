package dev.mtc.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What processes used, as Linux tells it. */
final class ProcessUse {

    private static final int FIELD_OF_CHILDREN_USER = 15;
    private static final int TICKS_PER_SECOND = 100;
    private static final int KIB_PER_MIB = 1024;

    private ProcessUse() {}

    /** {@return seconds of processor time of all child processes that have ended} */
    static double childrenCpuSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // Counted from the third field of the line, which is the first behind the name.
            int user = FIELD_OF_CHILDREN_USER - 2;
            return (Long.parseLong(fields[user]) + Long.parseLong(fields[user + 1])) / (double) TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** {@return the most memory that a process had resident, 0 if it is not known} */
    static long peakRssMib(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"));
            return lines.stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / KIB_PER_MIB;
        } catch (IOException e) {
            return 0;
        }
    }
}

package dev.mtc.examples.real;

import dev.mtc.api.Phase;
import dev.mtc.api.spi.PhaseGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends its process, as {@code kill -9} does, some moment after it entered a phase in which no process of the run ended before.
 * Or has two processes enter a phase at the same time. It does neither unless a system property asks for it.
 */
public final class HaltingGuard implements PhaseGuard {

    /** The file that names the phases in which a process has ended. */
    static final String HALT = "mtc.test.halt";

    /** The directory in which each of two processes says that it has entered a phase. */
    static final String MEET = "mtc.test.meet";

    private static final int LATEST_MILLIS = 150;
    private static final int KILLED = 137;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Called by {@link java.util.ServiceLoader}. */
    public HaltingGuard() {}

    @Override
    public String id() {
        return "halting";
    }

    @Override
    public void enter(String runId, Phase phase) {
        try {
            haltLater(path(HALT), phase);
            meet(path(MEET));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Path path(String property) {
        String value = System.getProperty(property);
        return value == null ? null : Path.of(value);
    }

    private static void haltLater(@Nullable Path file, Phase phase) throws IOException {
        if (file == null) {
            return;
        }
        List<String> ended = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (!ended.contains(phase.toString())) {
            Files.writeString(file, phase + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            int millis = ThreadLocalRandom.current().nextInt(LATEST_MILLIS);
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                    .execute(() -> Runtime.getRuntime().halt(KILLED));
        }
    }

    private static void meet(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return;
        }
        Files.writeString(
                directory.resolve(String.valueOf(ProcessHandle.current().pid())), "");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try (var present = Files.list(directory)) {
                if (present.count() > 1) {
                    return;
                }
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 50, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}

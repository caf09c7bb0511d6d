package dev.mtc.examples.real;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.MigMigration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A migration of a namespace in a process of its own, which starts its run or goes on with it. */
final class MigrationProcess {

    /** Another process goes on with the run. */
    static final int TAKEN_OVER = 3;

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Process process;

    private MigrationProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param state the directory of the state
     * @param namespace the namespace, of which the plan has its name
     * @param run the run, {@code stage} or {@code final}
     * @param property what {@link HaltingGuard} is to do, as {@code name=value}; nothing if empty
     */
    static MigrationProcess start(Path state, String namespace, String run, String property) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        if (!property.isEmpty()) {
            command.add("-D" + property);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                MigrationProcess.class.getName(),
                state.toString(),
                namespace,
                run));
        try {
            return new MigrationProcess(new ProcessBuilder(command).inheritIO().start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return its exit code, once it has ended} */
    int await() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the process of a migration has not ended after " + LIMIT);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a migration runs", e);
        }
    }

    /** Runs in the process of its own. */
    public static void main(String[] arguments) {
        String namespace = arguments[1];
        String run = arguments[2];
        Plan plan = Plan.named(namespace)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(namespace)
                .build();
        try (StateStore store = StateStore.directory(Path.of(arguments[0]))) {
            Migration migration =
                    Migration.of(plan).named(run).quiesce().warm().verify().state(store);
            MigrationRun running = drive(migration, store, run);
            MigrationResult result = running.await(LIMIT);
            Stream.concat(result.errors().stream(), result.warnings().stream()).forEach(System.err::println);
            Runtime.getRuntime().exit(code(result));
        }
    }

    private static MigrationRun drive(Migration migration, StateStore store, String run) {
        boolean isKnown = store.get(MigMigration.class, store.namespace(), run).isPresent();
        if (isKnown) {
            return migration.resume(run);
        }
        return run.equals("stage") ? migration.stage() : migration.cutover();
    }

    private static int code(MigrationResult result) {
        if (result.status() == MigrationResult.Status.SUCCEEDED
                || result.status() == MigrationResult.Status.SUCCEEDED_WITH_WARNINGS) {
            return 0;
        }
        return result.errors().stream().map(Problem::code).anyMatch("TakenOver"::equals) ? TAKEN_OVER : 1;
    }
}

package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end in the middle of a migration, each in another phase, and processes that want the same run. */
class KilledProcessesRealIT {

    private static final String NAME = "mtc-killed-it";
    private static final int KILLED = 137;

    /** What a stage and a cut-over of an application with a volume, and without hooks, pass through. */
    private static final List<String> STAGE = List.of(
            "Created",
            "Started",
            "StartRefresh",
            "WaitForRefresh",
            "CleanStaleStagePods",
            "WaitForStaleStagePodsTerminated",
            "CreateDirectImageMigration",
            "QuiesceSourceApplications",
            "EnsureSrcQuiesced",
            "CreateDirectVolumeMigrationStage",
            "WaitForDirectImageMigrationToComplete",
            "WaitForDirectVolumeMigrationToComplete",
            "EnsureStagePodsTerminated");

    private static final List<String> FINAL = List.of(
            "Created",
            "Started",
            "StartRefresh",
            "WaitForRefresh",
            "CleanStaleStagePods",
            "WaitForStaleStagePodsTerminated",
            "CreateDirectImageMigration",
            "EnsureInitialBackup",
            "InitialBackupCreated",
            "WaitForDirectImageMigrationToComplete",
            "CreateDirectVolumeMigrationStage",
            "QuiesceSourceApplications",
            "EnsureSrcQuiesced",
            "CreateDirectVolumeMigrationFinal",
            "WaitForDirectVolumeMigrationToComplete",
            "EnsureFinalRestore",
            "FinalRestoreCreated",
            "UnQuiesceDestApplications",
            "EnsureStagePodsTerminated",
            "Verification");

    @TempDir
    private Path home;

    private RealNamespace source;
    private RealNamespace target;
    private SmallApplication application;

    @BeforeEach
    void open() {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME).delete();
        application = SmallApplication.open(source);
    }

    @AfterEach
    void close() {
        for (RealNamespace namespace : new RealNamespace[] {source, target}) {
            namespace.delete();
            namespace.close();
        }
    }

    /** Has a process end in phases that a run enters, and {@return these phases}. */
    private List<String> killedIn(String run, List<String> all, List<String> chosen) throws IOException {
        List<String> spared =
                all.stream().filter(phase -> !chosen.contains(phase)).toList();
        Path ended = Files.write(home.resolve("ended-" + run), spared);
        int code;
        do {
            code = MigrationProcess.start(home.resolve("state"), NAME, run, HaltingGuard.HALT + "=" + ended)
                    .await();
            assertThat(code).as("%s, ended in %s", run, ended).isIn(KILLED, 0);
        } while (code == KILLED);
        List<String> lines = Files.readAllLines(ended);
        return lines.subList(spared.size(), lines.size());
    }

    private Map<String, String> arrived() {
        return target.objects("apps/v1/deployments/Deployment");
    }

    @Test
    void stageAndFinal_processKilledInPhases_endAsIfUndisturbed() throws IOException {
        String content = application.content();
        long seed = System.nanoTime();
        List<String> inStage = Moments.of(STAGE, 1, seed);
        List<String> inFinal = Moments.of(FINAL, 3, seed);

        assertThat(killedIn("stage", STAGE, inStage)).as("seed %d", seed).isEqualTo(inStage);
        application.assertStopped();
        assertThat(killedIn("final", FINAL, inFinal)).as("seed %d", seed).isEqualTo(inFinal);

        application.assertStopped();
        SmallApplication moved = SmallApplication.in(target);
        moved.awaitReady();
        assertThat(moved.content()).isEqualTo(content);
        assertNoHelpers();
        Map<String, String> afterKills = arrived();
        target.delete();
        application = SmallApplication.open(source);
        assertThat(MigrationProcess.start(home.resolve("undisturbed"), NAME, "final", "")
                        .await())
                .isZero();
        assertThat(afterKills).isNotEmpty().isEqualTo(arrived());
    }

    private void assertNoHelpers() {
        assertThat(Stream.of(source, target)
                        .flatMap(namespace -> namespace.labelled("app.kubernetes.io/component", "mover").stream()))
                .isEmpty();
    }

    @Test
    void resume_byTwoProcesses_isDoneByOne() throws IOException {
        String content = application.content();
        Path ended = Files.writeString(home.resolve("ended"), String.join("\n", FINAL.subList(0, 10)) + "\n");
        assertThat(MigrationProcess.start(home.resolve("state"), NAME, "final", HaltingGuard.HALT + "=" + ended)
                        .await())
                .isEqualTo(KILLED);
        Path meeting = Files.createDirectory(home.resolve("meeting"));

        List<MigrationProcess> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(
                    MigrationProcess.start(home.resolve("state"), NAME, "final", HaltingGuard.MEET + "=" + meeting));
        }

        assertThat(processes)
                .extracting(MigrationProcess::await)
                .containsExactlyInAnyOrder(0, MigrationProcess.TAKEN_OVER);
        application.assertStopped();
        SmallApplication moved = SmallApplication.in(target);
        moved.awaitReady();
        assertThat(moved.content()).isEqualTo(content);
        assertNoHelpers();
    }
}

package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Manifests;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Problem;
import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.model.v1alpha1.MigMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration that was written down is run as it says, without a controller. */
class ManifestsMigrationIT {

    @TempDir
    private Path directory;

    @Test
    void start_ofAMigMigration_runsAndKeepsWhatItSays() throws IOException {
        try (TestBed bed = TestBed.withApp()) {
            bed.migration()
                    .named("moved")
                    .onFailure(FailurePolicy.KEEP)
                    .kind(Kind.CUTOVER)
                    .toManifests()
                    .write(directory);
            Path file = directory.resolve("migmigration-moved.yaml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace(
                                    "  verify: true\n",
                                    "  verify: true\n  runAsUser: 1000\n  keepAnnotations: true\n"));

            MigrationRun run = Manifests.read(directory)
                    .withCluster(bed.sourceCluster())
                    .withCluster(bed.targetCluster())
                    .migration("moved")
                    .state(bed.state)
                    .provider(new ScriptedVolumeMover(bed.volumes))
                    .start();
            MigrationResult result = run.await(TestBed.LIMIT);

            assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.SUCCEEDED_WITH_WARNINGS);
            assertThat(result.warnings()).extracting(Problem::code).contains("RunAsIgnored");
            bed.assertSourceStopped();
            MigMigration kept = bed.kept(run);
            assertThat(kept.getMetadata().getName()).isEqualTo("moved");
            assertThat(kept.getMetadata().getAnnotations()).containsEntry("mtc.dev/on-failure", "keep");
            assertThat(kept.getSpec().getRunAsUser()).isEqualTo(1000L);
            assertThat(kept.getSpec().isKeepAnnotations()).isTrue();
            assertThat(kept.getSpec().isVerify()).isTrue();
        }
    }
}

package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Storage;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.spi.Content;
import dev.mtc.engine.internal.objects.MapStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that another process goes on with applies what was captured, not what the source has become. */
class CapturedOnceIT {

    private final MapStore repository = new MapStore();
    private TestBed bed;
    private Plan plan;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        plan = bed.planned().via(Storage.directory(Path.of("repository"))).build();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private Migration migration() {
        return Migration.of(plan)
                .quiesce()
                .provider(repository)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images));
    }

    private String killedBeforeTheRestore() {
        bed.source.faults().failNext("GET", "podtemplates", 1, 404);
        MortalStore dies = new MortalStore(
                bed.state,
                resource -> resource instanceof MigMigration migration
                        && Phase.ENSURE_FINAL_RESTORE
                                .wireName()
                                .equals(migration.getStatus().getPhase()));
        MigrationResult killed = migration().state(dies).cutover().await(TestBed.LIMIT);
        assertThat(killed.status()).as(killed.report().toText()).isEqualTo(Status.FAILED);
        return killed.runId();
    }

    private MigrationResult resume(String run) {
        return migration().state(bed.state).resume(run).await(TestBed.LIMIT);
    }

    @Test
    void resume_sourceChangedMeanwhile_appliesWhatWasCapturedAndRepeatsItsWarnings() {
        String run = killedBeforeTheRestore();
        bed.source
                .client()
                .configMaps()
                .inNamespace(TestBed.APP)
                .withName("settings")
                .edit(map -> map.edit().withData(Map.of("changed", "meanwhile")).build());

        MigrationResult result = resume(run).requireSuccess();

        assertThat(bed.target
                        .client()
                        .configMaps()
                        .inNamespace(TestBed.APP)
                        .withName("settings")
                        .get()
                        .getData())
                .isNotEmpty()
                .doesNotContainKey("changed");
        assertThat(TestBed.deployment(bed.target, "web").getSpec().getReplicas())
                .isEqualTo(2);
        assertThat(result.warnings()).singleElement().satisfies(warning -> assertThat(warning.code())
                .isEqualTo("ResourceNotListable"));
    }

    @Test
    void resume_archiveWasDamagedMeanwhile_failsNamingIt() {
        String run = killedBeforeTheRestore();
        repository.put(
                "backups/" + run + "/" + run + ".tar.gz", Content.of("garbage".getBytes(StandardCharsets.UTF_8)));

        MigrationResult result = resume(run);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).first().asString().contains("Backup " + run, "SHA-256");
        assertThat(TestBed.deployment(bed.target, "web")).isNull();
        bed.assertSourceRuns();
    }
}

package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Storage;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.api.spi.TransferStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images that go through the repository, as MTC's plans with {@code indirectImageMigration} ask for. */
class IndirectImagesIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private Plan plan() {
        return bed.planned()
                .via(Storage.directory(Path.of("repository")))
                .indirectImages()
                .build();
    }

    private Migration migration() {
        return bed.migration(plan());
    }

    private static boolean isOut(ImageMove move) {
        return RepositoryImage.parse(move.source()).isPresent();
    }

    private MigMigration succeeded(MigrationRun run) {
        MigrationResult result = run.await(TestBed.LIMIT);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.SUCCEEDED);
        return bed.kept(run);
    }

    private static List<String> steps(MigMigration migration) {
        return migration.getStatus().getPipeline().stream()
                .map(PipelineStep::getName)
                .toList();
    }

    private static List<String> progress(MigMigration migration, String step) {
        return migration.getStatus().getPipeline().stream()
                .filter(it -> it.getName().equals(step))
                .findFirst()
                .orElseThrow()
                .getProgress();
    }

    @Test
    void stage_ofIndirectImages_bringsThemIntoTheRepositoryAndThenOutOfIt() {
        List<ImageMove> moves = new ArrayList<>();
        bed.images.answer(request -> {
            synchronized (moves) {
                if (!moves.contains((ImageMove) request)) {
                    moves.add((ImageMove) request);
                }
            }
            return Script.SUCCESS;
        });

        MigMigration kept = succeeded(migration().stage());

        assertThat(moves).hasSize(4);
        assertThat(moves.subList(0, 2)).noneMatch(IndirectImagesIT::isOut);
        assertThat(moves.subList(2, 4)).allMatch(IndirectImagesIT::isOut);
        assertThat(moves.subList(2, 4))
                .extracting(ImageMove::source)
                .containsExactlyInAnyOrderElementsOf(
                        moves.subList(0, 2).stream().map(ImageMove::target).toList());
        assertThat(moves.subList(2, 4))
                .allSatisfy(move -> assertThat(move.target()).startsWith("new.example:5001/"));
        assertThat(steps(kept))
                .containsSubsequence("StageBackup", "StageRestore")
                .doesNotContain("DirectImage");
        String allCopied = "2 total images; 0 running; 2 successful; 0 failed";
        assertThat(progress(kept, "StageBackup")).contains(allCopied);
        assertThat(progress(kept, "StageRestore")).contains(allCopied);
    }

    @Test
    void cutover_ofIndirectImages_hasNoDirectImageMigrationAndRewritesReferences() {
        MigrationRun run = migration().cutover();

        MigMigration kept = succeeded(run);

        assertThat(bed.state.list(DirectImageMigration.class)).isEmpty();
        assertThat(steps(kept))
                .containsExactly(
                        "Prepare", "Backup", "StageRestore", "StageBackup", "DirectVolume", "Restore", "Cleanup");
        assertThat(TestBed.deployment(bed.target, "web")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .startsWith("new.example:5001/");
        assertThat(run.await(TestBed.LIMIT).items())
                .filteredOn(item -> item.kind().equals("image"))
                .hasSize(2)
                .extracting(ItemOutcome::action)
                .containsOnly(ItemOutcome.Action.COPIED);
    }

    @Test
    void plans_ofTheSameName_areTheSamePlaceForEveryRun() {
        succeeded(migration().stage());
        bed.images.starts.clear();

        succeeded(migration().stage());

        List<String> places = bed.images.starts.keySet().stream()
                .map(move -> move.replaceFirst(".*repository://([^/]+)/.*", "$1"))
                .distinct()
                .toList();
        assertThat(places).singleElement().asString().matches("app-[0-9a-f]{8}");
    }

    @Test
    void failure_onTheWayOut_failsTheRunAndCleansUp() {
        bed.images.answer(request -> isOut((ImageMove) request)
                ? new TransferStatus.Failed(
                        TransferStatus.Failed.Kind.USER_FIXABLE, "RepositoryDamaged", "another digest", "delete it")
                : Script.SUCCESS);

        MigrationResult result = migration().cutover().await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).extracting(Problem::code).contains("RepositoryDamaged");
        bed.assertSourceRuns();
        assertThat(bed.images.canceled)
                .allMatch(move -> move.startsWith("repository://"))
                .isNotEmpty();
    }

    @Test
    void cancel_onTheWayIn_stopsTheCopies() throws InterruptedException {
        CountDownLatch copying = new CountDownLatch(2);
        bed.images.answer(request -> {
            copying.countDown();
            return Script.running();
        });
        MigrationRun run = migration().cutover();
        copying.await();

        run.cancel();

        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);
        assertThat(bed.images.canceled).hasSize(2).allMatch(move -> move.contains("-> repository://"));
        bed.assertSourceRuns();
    }

    @Test
    void rollback_afterACutover_touchesNoImage() {
        succeeded(migration().cutover());
        bed.images.starts.clear();

        succeeded(migration().rollback());

        assertThat(bed.images.starts).isEmpty();
        bed.assertSourceRuns();
    }
}

package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.PhaseStarted;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.engine.internal.Rows.Row;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that are canceled on entering each of their phases. */
class CancelEverywhereIT {

    private static final Duration PROMISED = Duration.ofSeconds(30);

    private final CompletableFuture<MigrationRun> running = new CompletableFuture<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean wasLastWork;
    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.volumes.begin(CancelEverywhereIT::addHelpers);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    static Stream<Row> rowsOfFinal() {
        return Rows.of(Kind.FINAL);
    }

    /** The rows of a stage, and those of a cut-over where a call comes too late. */
    static Stream<Row> rowsOfStageAndTheLastOfFinal() {
        List<Row> ofFinal = Rows.of(Kind.FINAL).toList();
        return Stream.concat(Rows.of(Kind.STAGE), ofFinal.stream().skip(ofFinal.size() - 2));
    }

    private static void addHelpers(MoverContext mover) {
        for (Side side : Side.values()) {
            mover.client(side)
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withNamespace(TestBed.APP)
                            .withGenerateName("helper-")
                            .withLabels(mover.labels())
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("helper")
                            .withImage("docker.example/helper:1")
                            .endContainer()
                            .endSpec()
                            .build())
                    .create();
        }
    }

    /** Cancels a run on entering a row; the end of a run has no handler, but an event. */
    private MigrationRun start(Row row, Runnable cancel) {
        Migration migration = Rows.migration(bed, row.images())
                .engine(Rows.engine((entered, phase, context) -> {
                    boolean isFirst = entered.equals(row) && asked.compareAndSet(false, true);
                    if (isFirst) {
                        cancel.run();
                    }
                    Outcome outcome = phase.run(context);
                    if (isFirst) {
                        wasLastWork = outcome instanceof Outcome.Advance && isLastWork(row);
                    }
                    return outcome;
                }))
                .listener(event -> {
                    if (row.isLast()
                            && event instanceof PhaseStarted started
                            && started.phase() == row.phase()
                            && asked.compareAndSet(false, true)) {
                        cancel.run();
                    }
                });
        MigrationRun run = Rows.start(migration, row.kind());
        running.complete(run);
        return run;
    }

    private static boolean isLastWork(Row row) {
        List<Row> all = Rows.of(row.kind()).toList();
        return row.equals(all.get(all.size() - 2));
    }

    private void assertBack() {
        bed.assertSourceRuns();
        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        assertThat(pods(bed.target, "")).isEmpty();
        assertThat(bed.target
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace(TestBed.APP)
                        .list()
                        .getItems())
                .allSatisfy(it -> assertThat(it.getSpec().getReplicas()).isZero());
        assertThat(bed.target
                        .client()
                        .apps()
                        .statefulSets()
                        .inNamespace(TestBed.APP)
                        .list()
                        .getItems())
                .allSatisfy(it -> assertThat(it.getSpec().getReplicas()).isZero());
        assertThat(bed.target
                        .client()
                        .batch()
                        .v1()
                        .cronjobs()
                        .inNamespace(TestBed.APP)
                        .list()
                        .getItems())
                .allSatisfy(it -> assertThat(it.getSpec().getSuspend()).isTrue());
        assertThat(pods(bed.source, Labels.MOVER)).isEmpty();
    }

    private static List<String> pods(EmbeddedCluster cluster, String component) {
        return cluster.client().pods().inNamespace(TestBed.APP).list().getItems().stream()
                .filter(pod -> component.isEmpty() || component.equals(component(pod)))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private static String component(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault(Labels.COMPONENT, "");
    }

    @ParameterizedTest
    @MethodSource("rowsOfFinal")
    void cancel_byTheCallerOnEnteringAPhase_bringsTheSourceBackUnlessTheRunIsDone(Row row) {
        MigrationRun run = start(row, () -> running.join().cancel());

        MigrationResult result = run.await(PROMISED);

        assertThat(asked).as("entered " + row).isTrue();
        boolean tooLate = wasLastWork || row.isLast();
        assertThat(result.status())
                .as(result.report().toText())
                .isEqualTo(tooLate ? Status.SUCCEEDED : Status.CANCELED);
        assertThat(bed.kept(run).getSpec().isCanceled()).isEqualTo(!tooLate);
        if (!tooLate) {
            assertBack();
        } else {
            bed.assertSourceStopped();
        }
    }

    @ParameterizedTest
    @MethodSource("rowsOfStageAndTheLastOfFinal")
    void cancel_inTheStateOnEnteringAPhase_bringsTheSourceBack(Row row) {
        MigrationRun run = start(row, () -> {
            MigMigration kept = bed.kept(running.join());
            kept.getSpec().setCanceled(true);
            bed.state.update(kept);
        });

        MigrationResult result = run.await(PROMISED);

        assertThat(asked).as("entered " + row).isTrue();
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.CANCELED);
        assertBack();
    }
}

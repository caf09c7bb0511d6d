package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.PhaseWaiting;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.phase.PhaseHandlers;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hooks that run as Jobs within cut-overs. */
class HookJobsIT {

    private static final String IMAGE = "hooks.example/hook:1";
    private static final String TOOLS = "tools";
    private static final Hook.Job HOOK = Hook.image(IMAGE);

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.source.forgetRequests();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private EmbeddedCluster cluster(Side side) {
        return side == Side.SOURCE ? bed.source : bed.target;
    }

    private Plan plan(HookPoint point, Hook.Job hook) {
        return bed.planned().hook(point, hook).build();
    }

    private MigrationResult cutover(HookPoint point, Hook.Job hook) {
        return bed.migration(plan(point, hook)).cutover().await(TestBed.LIMIT);
    }

    private MigrationResult failure(HookPoint point, Hook.Job hook) {
        MigrationResult result = bed.migration(plan(point, hook))
                .pendingLimit(Duration.ofSeconds(1))
                .cutover()
                .await(TestBed.LIMIT);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).extracting(Problem::code).containsExactly(point.wireName() + "HooksFailed");
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("hook"))
                .extracting(ItemOutcome::action)
                .containsExactly(ItemOutcome.Action.FAILED);
        return result;
    }

    private static Phase phase(HookPoint point) {
        return Phase.ofWireName(point.wireName() + "Hooks");
    }

    private static long jobsMade(EmbeddedCluster cluster) {
        return cluster.requests().stream()
                .filter(request -> request.verb().equals("POST")
                        && request.resource().equals("jobs")
                        && request.path().contains("/namespaces/"))
                .count();
    }

    private List<Job> hookJobs(EmbeddedCluster cluster) {
        return cluster.client()
                .batch()
                .v1()
                .jobs()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/component", "hook")
                .list()
                .getItems();
    }

    private void assertNothingLeft() {
        for (EmbeddedCluster cluster : List.of(bed.source, bed.target)) {
            assertThat(cluster.settle(TestBed.LIMIT)).isTrue();
            KubernetesClient client = cluster.client();
            Stream<HasMetadata> left = Stream.of(
                            hookJobs(cluster),
                            client.resources(Pod.class)
                                    .inAnyNamespace()
                                    .withLabel("app.kubernetes.io/component", "hook")
                                    .list()
                                    .getItems(),
                            client.resources(ConfigMap.class)
                                    .inAnyNamespace()
                                    .withLabel("app.kubernetes.io/component", "hook")
                                    .list()
                                    .getItems())
                    .flatMap(List::stream);
            assertThat(left).isEmpty();
        }
    }

    private List<String> progress(String run, HookPoint point) {
        return bed.kept(run).getStatus().getPipeline().stream()
                .filter(step -> step.getName().equals(point.wireName() + "Hooks"))
                .flatMap(step -> step.getProgress().stream())
                .toList();
    }

    private static Stream<Arguments> places() {
        return Stream.of(HookPoint.values())
                .flatMap(point -> Stream.of(Side.values()).map(side -> Arguments.of(point, side)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void cutover_hookAtEachPointOfEachSide_runsOnceAndIsRemoved(HookPoint point, Side side) {
        MigrationResult result = cutover(point, HOOK.on(side)).requireClean();

        assertThat(jobsMade(cluster(side))).isEqualTo(1);
        String name = "app/app-" + point.wireName().toLowerCase(Locale.ROOT) + "-[0-9a-f]{5}";
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("hook"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.name()).isEqualTo(point.wireName());
                    assertThat(item.action()).isEqualTo(ItemOutcome.Action.RAN);
                    assertThat(item.detail()).matches("Job " + name + " succeeded in [0-9]+ s");
                });
        assertThat(progress(result.runId(), point)).singleElement().asString().matches("Job " + name + ": Succeeded");
        assertThat(bed.events.started()).containsSubsequence(phase(point), Phase.DELETE_HOOK_JOBS, Phase.VERIFICATION);
        assertNothingLeft();
    }

    @Test
    void cutover_playbookInTheApplicationsNamespace_isNotMigrated() {
        MigrationResult result = cutover(HookPoint.PRE_BACKUP, Hook.ansible(IMAGE, "- hosts: localhost\n"))
                .requireClean();

        assertThat(bed.source.requests())
                .filteredOn(request ->
                        request.verb().equals("POST") && request.resource().equals("configmaps"))
                .hasSize(1);
        assertThat(result.items())
                .filteredOn(item -> item.name().contains("app-prebackup"))
                .isNotEmpty()
                .extracting(ItemOutcome::action)
                .containsOnly(ItemOutcome.Action.SKIPPED);
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void hook_thatFails_endsTheMigrationWithItsLog(Side side) {
        HookPoint point = side == Side.SOURCE ? HookPoint.POST_BACKUP : HookPoint.POST_RESTORE;
        cluster(side).jobs().end(IMAGE, 3, "counting\nthe till is open\n");

        MigrationResult result = failure(point, HOOK.on(side).retries(1));

        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("hooks[" + point.wireName() + "]")
                .contains("on the " + side.word() + " cluster")
                .contains("failed (BackoffLimitExceeded) in attempt 2")
                .contains("exit code 3; its log ends\n    counting\n    the till is open; mend ");
        assertThat(progress(result.runId(), point)).singleElement().asString().endsWith(": Failed");
        assertThat(jobsMade(cluster(side))).isEqualTo(1);
        assertNothingLeft();
        bed.assertSourceRuns();
    }

    @Test
    void hook_thatFailsAndIsToBeKept_staysUntilTheNextRun() {
        bed.source.jobs().end(IMAGE, 1, "");
        Plan plan = plan(HookPoint.PRE_BACKUP, HOOK.retries(0));

        MigrationResult result =
                bed.migration(plan).onFailure(FailurePolicy.KEEP).cutover().await(TestBed.LIMIT);

        assertThat(result.errors()).singleElement().asString().contains("its log is empty");
        assertThat(hookJobs(bed.source)).hasSize(1);
        bed.source.jobs().end(IMAGE, 0, "");
        bed.migration(plan).cutover().await(TestBed.LIMIT).requireClean();
        assertNothingLeft();
    }

    @Test
    void hook_whoseImageCannotBePulled_saysSoAndIsStopped() {
        bed.target.images().only("new.example");

        MigrationResult result = failure(HookPoint.PRE_BACKUP, HOOK.on(Side.TARGET));

        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("did not start within 1s: pod app-prebackup-")
                .contains("ImagePullBackOff Back-off pulling image \"" + IMAGE + "\"");
        assertNothingLeft();
        bed.assertSourceRuns();
    }

    @Test
    void hook_whosePodIsRefused_saysWhatTheClusterSays() {
        bed.source
                .client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(TOOLS)
                        .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                        .endMetadata()
                        .build())
                .create();
        assertThat(bed.source.settle(TestBed.LIMIT)).isTrue();

        MigrationResult result = failure(HookPoint.PRE_BACKUP, HOOK.inNamespace(TOOLS));

        assertThat(result.errors()).singleElement().asString().contains("did not start", "violates PodSecurity");
        assertNothingLeft();
    }

    @Test
    void hook_overItsDeadline_isStoppedAndItsLogShown() {
        bed.source.jobs().runOn(IMAGE, "still counting");

        MigrationResult result = failure(HookPoint.POST_BACKUP, HOOK.deadline(Duration.ofSeconds(1)));

        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("did not end within 1s")
                .contains("still counting")
                .contains("deadline(…)");
        assertNothingLeft();
        bed.assertSourceRuns();
    }

    @Test
    void hook_deletedByAStranger_failsTheMigration() {
        bed.source.jobs().runOn(IMAGE, "");
        MigrationRun run = bed.migration(plan(HookPoint.PRE_BACKUP, HOOK)).cutover();
        awaitRunning(HookPoint.PRE_BACKUP);

        bed.source
                .client()
                .resourceList(hookJobs(bed.source).toArray(new Job[0]))
                .delete();

        assertThat(run.await(TestBed.LIMIT).errors())
                .singleElement()
                .asString()
                .contains("PreBackupHooksFailed", "not by this run");
        assertThat(jobsMade(bed.source)).isEqualTo(1);
        assertNothingLeft();
    }

    private void awaitRunning(HookPoint point) {
        bed.events.await(
                event -> event instanceof PhaseWaiting waiting
                        && waiting.phase() == phase(point)
                        && waiting.reason().contains("runs, attempt 1 of 7"),
                "hook runs");
    }

    @ParameterizedTest
    @EnumSource(
            value = HookPoint.class,
            names = {"PRE_BACKUP", "POST_RESTORE"})
    void cancel_whileAHookRuns_removesIt(HookPoint point) {
        bed.target.jobs().runOn(IMAGE, "");
        MigrationRun run = bed.migration(plan(point, HOOK.on(Side.TARGET))).cutover();
        awaitRunning(point);

        run.cancel();

        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);
        assertThat(bed.events.started()).contains(Phase.DELETE_HOOK_JOBS);
        assertNothingLeft();
        bed.assertSourceRuns();
    }

    private static boolean says(HasMetadata resource, String progress) {
        return resource instanceof MigMigration migration
                && migration.getStatus().getPipeline().stream()
                        .flatMap(step -> step.getProgress().stream())
                        .anyMatch(line -> line.startsWith("Job ") && line.endsWith(progress));
    }

    private Migration another(Plan plan) {
        return Migration.of(plan)
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images));
    }

    @ParameterizedTest
    @EnumSource(
            value = HookPoint.class,
            names = {"PRE_BACKUP", "POST_RESTORE"})
    void resume_afterTheProcessEndedWhileAHookRan_findsItAgain(HookPoint point) {
        bed.source.jobs().runOn(IMAGE, "");
        Plan plan = plan(point, HOOK);
        String run = bed.migration(plan)
                .state(new MortalStore(bed.state, resource -> says(resource, ": Running")))
                .cutover()
                .await(TestBed.LIMIT)
                .runId();
        assertThat(hookJobs(bed.source)).hasSize(1);

        bed.source.jobs().end(IMAGE, 0, "");
        another(plan).resume(run).await(TestBed.LIMIT).requireClean();

        assertThat(jobsMade(bed.source)).isEqualTo(1);
        assertNothingLeft();
    }

    @Test
    void resume_afterTheProcessEndedRemovingHooks_removesThem() {
        Plan plan = plan(HookPoint.PRE_BACKUP, HOOK);
        String run = bed.migration(plan)
                .state(new MortalStore(
                        bed.state,
                        resource -> resource instanceof MigMigration migration
                                && Phase.DELETE_HOOK_JOBS
                                        .wireName()
                                        .equals(migration.getStatus().getPhase())))
                .cutover()
                .await(TestBed.LIMIT)
                .runId();
        assertThat(hookJobs(bed.source)).hasSize(1);

        another(plan).resume(run).await(TestBed.LIMIT).requireClean();

        assertNothingLeft();
    }

    @Test
    void create_whoseAnswerIsLost_makesOneJob() {
        bed.source.faults().loseAnswer("POST", "jobs", 1);

        bed.source.jobs().runOn(IMAGE, "");
        MigrationRun run = bed.migration(plan(HookPoint.PRE_BACKUP, HOOK)).cutover();

        awaitRunning(HookPoint.PRE_BACKUP);

        assertThat(hookJobs(bed.source)).hasSize(1);
        bed.source.jobs().end(IMAGE, 0, "");
        run.await(TestBed.LIMIT).requireClean();
    }

    /** Every phase is run again after it has said that it is done or has failed. */
    private static Map<Phase, PhaseHandler> twice() {
        Map<Phase, PhaseHandler> handlers = PhaseHandlers.all();
        handlers.replaceAll((phase, handler) -> context -> {
            Outcome first = handler.run(context);
            return first instanceof Outcome.Wait ? first : handler.run(context);
        });
        return handlers;
    }

    @Test
    void cutover_everyPhaseTwice_runsHooksOnce() {
        PlanBuilder plan = bed.planned();
        for (HookPoint point : HookPoint.values()) {
            plan.hook(point, Hook.ansible(IMAGE, "- {}").on(Side.TARGET));
        }

        bed.migration(plan.build())
                .engine(new DefaultEngine(HookJobsIT::twice))
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();

        assertThat(jobsMade(bed.target)).isEqualTo(4);
        assertNothingLeft();
    }

    @Test
    void givenUpHook_lookedAtAgain_failsForTheSameReason() {
        bed.source.jobs().runOn(IMAGE, "still counting");
        Plan plan = plan(HookPoint.PRE_BACKUP, HOOK.deadline(Duration.ofSeconds(1)));

        MigrationResult result = bed.migration(plan)
                .engine(new DefaultEngine(HookJobsIT::twice))
                .cutover()
                .await(TestBed.LIMIT);

        assertThat(result.errors()).singleElement().asString().contains("did not end within 1s", "still counting");
        assertThat(jobsMade(bed.source)).isEqualTo(1);
        assertNothingLeft();
    }

    @Test
    void stageAndRollback_ofAPlanWithHooks_runNone() {
        Plan plan = plan(HookPoint.PRE_BACKUP, HOOK);

        bed.migration(plan).stage().await(TestBed.LIMIT).requireClean();
        bed.migration(plan).rollback().await(TestBed.LIMIT).requireClean();

        assertThat(jobsMade(bed.source)).isZero();
    }

    @Test
    void check_missingAccount_isFoundBeforeTheRun() {
        Hook.Job hook = HOOK.on(Side.TARGET).serviceAccount("auditor");

        assertThat(plan(HookPoint.PRE_RESTORE, hook).check().problems())
                .extracting(Problem::code)
                .contains("InvalidHookSAName");
        MigrationResult result = cutover(HookPoint.PRE_RESTORE, hook);

        assertThat(result.errors()).extracting(Problem::code).containsExactly("InvalidHookSAName");
        assertThat(bed.events.started()).doesNotContain(Phase.PRE_RESTORE_HOOKS);
        assertThat(jobsMade(bed.target)).isZero();
    }

    @Test
    void check_accountThatTheMigrationBrings_servesTheLastHook() {
        bed.source
                .client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(TestBed.APP)
                        .withName("auditor")
                        .endMetadata()
                        .build())
                .create();

        cutover(HookPoint.POST_RESTORE, HOOK.on(Side.TARGET).serviceAccount("auditor"))
                .requireClean();

        assertThat(jobsMade(bed.target)).isEqualTo(1);
    }

    @Test
    void check_withoutTheRightToMakeJobs_saysSo() {
        bed.source.access().deny("create", "jobs");

        assertThat(plan(HookPoint.PRE_BACKUP, HOOK).check().problems())
                .extracting(Problem::code)
                .contains("HookNotPermitted");
    }
}

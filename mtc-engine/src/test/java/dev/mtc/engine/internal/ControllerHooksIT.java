package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.HookPoint;
import dev.mtc.api.RunningController;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigHookSpec;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanHook;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MigHooks as MTC's users make them: resources on a host cluster, which plans refer to. */
class ControllerHooksIT {

    private HostBed bed;
    private RunningController controller;

    @BeforeEach
    void open() {
        bed = new HostBed();
        controller = bed.controller("one");
        assertThat(controller.awaitLeadership(TestBed.LIMIT)).isTrue();
    }

    @AfterEach
    void close() {
        controller.close();
        bed.close();
    }

    private void hook(String name, Consumer<MigHookSpec> wrong) {
        MigHook hook = HostBed.named(new MigHook(), name);
        hook.getSpec().setCustom(true);
        hook.getSpec().setImage("hooks.example/hook:1");
        hook.getSpec().setTargetCluster("source");
        wrong.accept(hook.getSpec());
        bed.create(hook);
    }

    private static MigPlanHook at(HookPoint point, String hook) {
        MigPlanHook place = new MigPlanHook();
        place.setReference(HostBed.ref(hook));
        place.setPhase(point.wireName());
        place.setExecutionNamespace(TestBed.APP);
        place.setServiceAccount("runner");
        return place;
    }

    private void assertRefused(String name, String type) {
        MigHook seen = bed.await(MigHook.class, name, "refused", hook -> !HostBed.types(hook).isEmpty());
        assertThat(seen.getStatus().getConditions())
                .as(name)
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getType()).isEqualTo(type);
                    assertThat(condition.is(Category.CRITICAL)).isTrue();
                    assertThat(condition.getReason()).isEqualTo("NotSet");
                    assertThat(condition.remedy()).isNotBlank();
                });
    }

    @Test
    void hooks_thatAreRight_areReadyAndObserved() {
        hook("fine", spec -> {});

        MigHook seen = bed.await(MigHook.class, "fine", "ready", hook -> HostBed.types(hook)
                .contains("Ready"));

        assertThat(HostBed.types(seen)).containsExactly("Ready");
        assertThat(seen.getStatus().getObservedGeneration()).isPositive();
    }

    @Test
    void hooks_thatAreWrong_areNamedByMtcsConditions() {
        hook("image", spec -> spec.setImage("No Image"));
        hook("target", spec -> spec.setTargetCluster("somewhere"));
        hook("data", spec -> {
            spec.setCustom(false);
            spec.setPlaybook("- hosts: localhost");
        });
        hook("custom", spec -> spec.setPlaybook("LSBob3N0czogbG9jYWxob3N0Cg=="));
        hook("ansible", spec -> spec.setCustom(false));

        assertRefused("image", "InvalidImage");
        assertRefused("target", "InvalidTarget");
        assertRefused("data", "InvalidPlaybookData");
        assertRefused("custom", "InvalidCustomHook");
        assertRefused("ansible", "InvalidAnsibleHook");
    }

    @Test
    void plan_withAHookThatIsNotReady_isReadyOnceTheHookIs() {
        hook("late", spec -> spec.setTargetCluster("somewhere"));
        bed.clusters();
        bed.plan("app", plan -> plan.getSpec().setHooks(List.of(at(HookPoint.PRE_BACKUP, "late"))), TestBed.APP);

        MigPlan refused = bed.await(MigPlan.class, "app", "refused", plan -> HostBed.types(plan)
                .contains("HookNotReady"));
        assertThat(HostBed.types(refused)).doesNotContain("Ready", "InvalidHookRef");
        Condition condition = HostBed.condition(refused, "HookNotReady").orElseThrow();
        assertThat(condition.getMessage()).contains("late");
        assertThat(condition.is(Category.CRITICAL)).isTrue();

        bed.edit(MigHook.class, "late", hook -> hook.getSpec().setTargetCluster("source"));

        bed.await(MigPlan.class, "app", "ready", plan -> HostBed.types(plan).contains("Ready"));
    }

    @Test
    void plan_withAHookThatIsNowhere_saysSo() {
        bed.clusters();
        bed.plan("app", plan -> plan.getSpec().setHooks(List.of(at(HookPoint.PRE_BACKUP, "nowhere"))), TestBed.APP);

        MigPlan refused = bed.await(MigPlan.class, "app", "refused", plan -> HostBed.types(plan)
                .contains("InvalidHookRef"));

        assertThat(HostBed.condition(refused, "InvalidHookRef").orElseThrow().getReason())
                .isEqualTo("NotFound");
    }

    @Test
    void migration_ofAPlanWithHooks_runsEachAtItsPoint() {
        hook("before", spec -> {});
        hook("after", spec -> {
            spec.setTargetCluster("destination");
            spec.setActiveDeadlineSeconds(60);
        });
        bed.clusters();
        bed.plan(
                "app",
                plan -> plan.getSpec()
                        .setHooks(List.of(at(HookPoint.PRE_BACKUP, "before"), at(HookPoint.POST_RESTORE, "after"))),
                TestBed.APP);
        bed.await(MigPlan.class, "app", "ready", plan -> HostBed.types(plan).contains("Ready"));
        bed.apps.source.forgetRequests();

        bed.cutover("final-1", "app");

        assertThat(bed.awaitSuccess("final-1").getStatus().getPipeline())
                .filteredOn(step -> step.getName().endsWith("Hooks"))
                .flatMap(step -> step.getProgress())
                .satisfiesExactly(
                        line -> assertThat(line).matches("Job app/app-prebackup-[0-9a-f]{5}: Succeeded"),
                        line -> assertThat(line).matches("Job app/app-postrestore-[0-9a-f]{5}: Succeeded"));
        assertThat(Stream.of(bed.apps.source, bed.apps.target)
                        .flatMap(cluster -> cluster.client().batch().v1().jobs().inAnyNamespace().list().getItems()
                                .stream())
                        .filter(job -> job.getMetadata().getName().startsWith("app-p")))
                .isEmpty();
    }
}

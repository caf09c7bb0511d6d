package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Side;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hooks of the caller within cut-overs. */
class HooksIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private static String web(dev.mtc.api.HookContext hook, Side side) {
        Deployment web = hook.client(side)
                .apps()
                .deployments()
                .inNamespace(TestBed.APP)
                .withName("web")
                .get();
        return web == null ? "none" : String.valueOf(web.getSpec().getReplicas());
    }

    @Test
    void hooks_ofACutover_runOnceEachAtTheirPoint() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        PlanBuilder plan = bed.planned();
        for (HookPoint point : HookPoint.values()) {
            plan.hook(
                    point,
                    Hook.call(hook -> seen.add(point + " " + web(hook, Side.SOURCE) + " " + web(hook, Side.TARGET) + " "
                            + hook.plan().name())));
        }

        bed.migration(plan.build()).cutover().await(TestBed.LIMIT).requireClean();

        assertThat(seen)
                .containsExactly(
                        "PRE_BACKUP 2 none app",
                        "POST_BACKUP 0 none app",
                        "PRE_RESTORE 0 none app",
                        "POST_RESTORE 0 2 app");
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    void hook_thatThrows_failsTheMigrationAndNamesItsPoint(HookPoint point) {
        Plan plan = bed.planned()
                .hook(point, Hook.call(hook -> {
                    throw new IllegalStateException("the till is open");
                }))
                .build();

        MigrationResult result = bed.migration(plan).cutover().await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains(point.wireName())
                .contains("the till is open");
        bed.assertSourceRuns();
        Deployment onTarget = TestBed.deployment(bed.target, "web");
        assertThat(onTarget == null ? 0 : onTarget.getSpec().getReplicas()).isZero();
    }

    @Test
    void hook_withAnError_failsTheMigration() {
        Plan plan = bed.planned()
                .hook(HookPoint.POST_BACKUP, Hook.call(hook -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                }))
                .build();

        MigrationResult result = bed.migration(plan).cutover().await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).singleElement().asString().contains("com/example/Missing");
        bed.assertSourceRuns();
    }
}

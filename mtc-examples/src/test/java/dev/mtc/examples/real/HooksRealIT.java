package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Hook;
import dev.mtc.api.HookContext;
import dev.mtc.api.HookPoint;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hooks run as Jobs on real clusters. The Ansible form runs in an image that only shows how it was called. */
class HooksRealIT {

    private static final String NAME = "mtc-hooks-it";
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Fails after showing its environment, or how it was called and with what; runs on where it finds itself at work. */
    private static final String SCRIPT =
            """
            #!/bin/sh
            case "$MIGRATION_PLAN_NAME" in
            hooks-ok) echo fine; exit 0;;
            hooks-slow) echo still counting; trap 'exit 1' TERM; sleep 600 & wait;;
            esac
            if [ "$1" = ansible-runner ]; then
              echo "called: $0 $*"
              cat /tmp/playbook/playbook.yml
              exit 4
            fi
            echo "the till of $MIGRATION_NAMESPACES is open"
            exit 3
            """;

    private static HookImage image;
    private static RealNamespace source;
    private static RealNamespace target;

    @BeforeAll
    static void pushImage() throws IOException, InterruptedException {
        image = HookImage.push(SCRIPT);
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
    }

    @AfterAll
    static void removeImage() throws IOException {
        image.close();
        source.close();
        target.close();
    }

    @BeforeEach
    void makeNamespace() {
        removeNamespaces();
        source.create();
        source.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(NAME)
                        .withName("settings")
                        .endMetadata()
                        .addToData("colour", "blue")
                        .build())
                .create();
    }

    @AfterEach
    void removeNamespaces() {
        source.delete();
        target.delete();
    }

    private static PlanBuilder plan(String name) {
        return Plan.named(name)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME);
    }

    private static MigrationResult failure(PlanBuilder plan) {
        MigrationResult result = Migration.of(plan.build())
                .quiesce()
                .pendingLimit(Duration.ofSeconds(15))
                .cutover()
                .await(LIMIT);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).extracting(Problem::code).containsExactly("PreBackupHooksFailed");
        assertNothingLeft();
        return result;
    }

    private static void assertNothingLeft() {
        for (RealNamespace namespace : List.of(source, target)) {
            assertThat(namespace.labelled("app.kubernetes.io/component", "hook"))
                    .isEmpty();
            assertThat(namespace
                            .client()
                            .batch()
                            .v1()
                            .jobs()
                            .inNamespace(NAME)
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }

    @Test
    void cutover_hooksOnBothSides_runAndLeaveNothing() {
        Hook.Job hook = Hook.image(image.reference());
        List<String> seen = new CopyOnWriteArrayList<>();
        MigrationResult result = Migration.of(plan("hooks-ok")
                        .hook(HookPoint.PRE_BACKUP, hook.on(Side.TARGET))
                        .hook(HookPoint.POST_BACKUP, hook)
                        .hook(HookPoint.PRE_RESTORE, Hook.call(context -> seen.add(colour(context))))
                        .hook(HookPoint.POST_RESTORE, hook.on(Side.TARGET))
                        .build())
                .quiesce()
                .verify()
                .cutover()
                .await(LIMIT)
                .requireClean();

        assertThat(seen).containsExactly("blue of hooks-ok");
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("hook"))
                .allSatisfy(item -> {
                    assertThat(item.action()).isEqualTo(ItemOutcome.Action.RAN);
                    assertThat(item.detail())
                            .matches(
                                    item.name().equals("PreRestore")
                                            ? "it returned after [0-9]+ s"
                                            : "Job " + NAME + "/hooks-ok-[a-z]+-[0-9a-f]{5} succeeded in .*");
                })
                .extracting(ItemOutcome::name)
                .containsExactly("PreBackup", "PostBackup", "PreRestore", "PostRestore");
        assertThat(target.client()
                        .configMaps()
                        .inNamespace(NAME)
                        .withName("settings")
                        .get()
                        .getData())
                .containsEntry("colour", "blue");
        assertNothingLeft();
    }

    private static String colour(HookContext context) {
        return context.client(Side.SOURCE)
                        .configMaps()
                        .inNamespace(NAME)
                        .withName("settings")
                        .get()
                        .getData()
                        .get("colour")
                + " of " + context.plan().name();
    }

    @Test
    void hook_thatFails_showsItsLogAndExitCode() {
        MigrationResult result = failure(plan("hooks-bad")
                .hook(HookPoint.PRE_BACKUP, Hook.image(image.reference()).retries(0)));

        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("failed (BackoffLimitExceeded) in attempt 1; pod hooks-bad-prebackup-")
                .contains("exit code 3; its log ends\n    the till of " + NAME + " is open;");
    }

    @Test
    void playbook_isMountedWhereTheCommandExpectsIt() {
        MigrationResult result = failure(plan("hooks-ansible")
                .hook(
                        HookPoint.PRE_BACKUP,
                        Hook.ansible(image.reference(), "- hosts: localhost\n  tasks: []\n")
                                .on(Side.TARGET)
                                .retries(0)));

        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("called: /bin/entrypoint ansible-runner run /tmp/runner -p /tmp/playbook/playbook.yml")
                .contains("\n    - hosts: localhost\n      tasks: []");
    }

    @Test
    void hook_overItsDeadline_isStoppedAndShowsItsLog() {
        MigrationResult result = failure(plan("hooks-slow")
                .hook(HookPoint.PRE_BACKUP, Hook.image(image.reference()).deadline(Duration.ofSeconds(5))));

        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("did not end within 5s")
                .contains("still counting");
    }

    @Test
    void hook_whoseImageIsNowhere_saysWhatThePodWaitsFor() {
        MigrationResult result = failure(plan("hooks-none")
                .hook(HookPoint.PRE_BACKUP, Hook.image(RealClusters.env("MTC_REGISTRY_A") + "/mtc-hooks-it/none:1")));

        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("did not start within 15s")
                .containsAnyOf("ErrImagePull", "ImagePullBackOff");
    }
}

package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsHookTest extends EditedManifests {

    @Test
    void plan_ansibleHook_runsItsPlaybook() throws IOException {
        edit("30-hook.json", "\"custom\": true", "\"custom\": false");
        edit("30-hook.json", "\"targetCluster\"", "\"playbook\": \"LSBob3N0czogYWxs\\nCg==\",\n    \"targetCluster\"");
        edit("30-hook.json", "\"flush\",", "\"flush\", \"annotations\": {\"mtc.dev/retries\": \"0\"},");

        Hook.Job job =
                (Hook.Job) Manifests.read(directory).plan("shop").hooks().get(0).hook();

        assertThat(job.playbook()).contains("- hosts: all\n");
        assertThat(job.retries()).isZero();
        assertThat(job.deadline()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"custom\": true | \"custom\": false | 5 InvalidAnsibleHook",
                "\"custom\": true | \"custom\": true, \"playbook\": \"LS0t\" | 6 InvalidCustomHook",
                "\"custom\": true | \"custom\": false, \"playbook\": \"---\" | 6 InvalidPlaybookData",
                "\"custom\": true | \"custom\": false, \"playbook\": \"ICA=\" | 6 InvalidPlaybookData",
                "quay.io/acme/flush:1 | quay.io/acme/Flush | 7 InvalidImage",
                "\"source\" | \"target\" | 8 InvalidTarget",
            })
    void plan_badMigHook_hasMtcsConditionType(String text, String other, String expected) throws IOException {
        edit("30-hook.json", text, other);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where().replaceAll(".*:", "") + " " + problem.code())
                    .isEqualTo(expected);
            assertThat(problem.reason()).isEqualTo("NotSet");
            assertThat(problem.severity()).isEqualTo(Problem.Severity.CRITICAL);
            assertThat(problem.fix()).isNotBlank();
        });
    }

    @Test
    void plan_severalFaultsOfAHook_areAllNamed() throws IOException {
        edit("30-hook.json", "quay.io/acme/flush:1", "");
        edit("30-hook.json", "\"source\"", "\"target\"");
        edit("30-hook.json", "\"custom\": true", "\"custom\": false");
        edit("40-plan.yaml", "phase: PreBackup", "phase: PreBackups");

        assertThat(problems())
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.code())
                .containsExactly("47 HookPhaseUnknown", "5 InvalidAnsibleHook", "8 InvalidTarget", "7 InvalidImage");
    }

    @Test
    void plan_badPlaceOfAHook_isRefused() throws IOException {
        edit("40-plan.yaml", "executionNamespace: shop", "executionNamespace: ''");
        edit("40-plan.yaml", "serviceAccount: default", "serviceAccount: ''");
        edit("30-hook.json", "\"activeDeadlineSeconds\": 300", "\"activeDeadlineSeconds\": 90000");

        assertThat(problems())
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.code())
                .containsExactly("9 InvalidActiveDeadlineSeconds");

        edit("30-hook.json", "\"activeDeadlineSeconds\": 90000", "\"activeDeadlineSeconds\": 300");
        assertThat(problems())
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.code())
                .containsExactly("48 InvalidHookNSName", "49 InvalidHookSAName");
    }
}

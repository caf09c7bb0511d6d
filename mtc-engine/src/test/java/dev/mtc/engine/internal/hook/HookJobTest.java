package dev.mtc.engine.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mtc.api.Clusters;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Plan;
import dev.mtc.api.Secret;
import dev.mtc.api.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HookJobTest {

    private static final String PLAN = "1c3d0f38-5d3c-4f5b-9a38-000000000001";
    private static final String RUN = "9b9c7a53-7c7a-4a0f-8b1e-000000000002";
    private static final YAMLMapper YAML = new YAMLMapper();

    private static Plan plan(String name) {
        return Plan.named(name)
                .from(Clusters.fromToken("https://old.example", Secret.of("s")).named("old"))
                .to(Clusters.fromToken("https://new.example", Secret.of("s")).named("new"))
                .namespace("shop", "shop-eu")
                .namespace("billing")
                .build();
    }

    private static HookJob job(HookPoint point, Hook.Job hook) {
        return new HookJob(plan("shop"), point, hook, PLAN, RUN);
    }

    private static JsonNode yaml(String text) throws JsonProcessingException {
        return YAML.readTree(text);
    }

    @Test
    void job_ofAnImage_runsItsOwnCommand() throws JsonProcessingException {
        HookJob job =
                job(HookPoint.PRE_BACKUP, Hook.image("quay.io/acme/flush:1").deadline(Duration.ofMinutes(5)));

        assertThat(YAML.readTree(job.job().toString()))
                .isEqualTo(yaml(
                        """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: shop-prebackup-$SUFFIX
                  namespace: shop
                  labels:
                    app.kubernetes.io/component: hook
                    app.kubernetes.io/part-of: openshift-migration
                    mighook: $HOOK
                    migration.openshift.io/migrated-by-migmigration: 9b9c7a53-7c7a-4a0f-8b1e-000000000002
                    migration.openshift.io/migrated-by-migplan: 1c3d0f38-5d3c-4f5b-9a38-000000000001
                    owner: 9b9c7a53-7c7a-4a0f-8b1e-000000000002
                    phase: PreBackup
                spec:
                  backoffLimit: 6
                  activeDeadlineSeconds: 315
                  template:
                    metadata:
                      labels:
                        app.kubernetes.io/component: hook
                        app.kubernetes.io/part-of: openshift-migration
                        mighook: $HOOK
                        migration.openshift.io/migrated-by-migmigration: 9b9c7a53-7c7a-4a0f-8b1e-000000000002
                        migration.openshift.io/migrated-by-migplan: 1c3d0f38-5d3c-4f5b-9a38-000000000001
                        owner: 9b9c7a53-7c7a-4a0f-8b1e-000000000002
                        phase: PreBackup
                    spec:
                      restartPolicy: Never
                      activeDeadlineSeconds: 300
                      serviceAccountName: default
                      containers:
                      - name: shop-prebackup
                        image: quay.io/acme/flush:1
                        env:
                        - name: MIGRATION_NAMESPACES
                          value: shop,billing
                        - name: MIGRATION_PLAN_NAME
                          value: shop
                """
                                .replace("$SUFFIX", job.name().substring("shop-prebackup-".length()))
                                .replace("$HOOK", job.labels().get("mighook"))));
        assertThat(job.playbook("uid")).isEmpty();
    }

    @Test
    void job_ofAPlaybook_runsItFromAConfigMapThatItOwns() throws JsonProcessingException {
        HookJob job = job(
                HookPoint.POST_RESTORE,
                Hook.ansible("quay.io/konveyor/hook-runner:latest", "- hosts: localhost\n")
                        .on(Side.TARGET)
                        .inNamespace("tools")
                        .serviceAccount("runner")
                        .retries(0));

        JsonNode pod = job.job().at("/spec/template/spec");
        assertThat(job.job().at("/metadata/namespace").asText()).isEqualTo("tools");
        assertThat(job.job().at("/spec/backoffLimit").asInt()).isZero();
        assertThat(YAML.readTree(pod.toString()))
                .isEqualTo(yaml(
                        """
                restartPolicy: Never
                activeDeadlineSeconds: 1800
                serviceAccountName: runner
                containers:
                - name: shop-postrestore
                  image: quay.io/konveyor/hook-runner:latest
                  env:
                  - name: MIGRATION_NAMESPACES
                    value: shop-eu,billing
                  - name: MIGRATION_PLAN_NAME
                    value: shop
                  command: [/bin/entrypoint, ansible-runner, run, /tmp/runner, -p, /tmp/playbook/playbook.yml]
                  volumeMounts:
                  - name: playbook
                    mountPath: /tmp/playbook
                volumes:
                - name: playbook
                  configMap:
                    name: $NAME
                """
                                .replace("$NAME", job.name())));
        JsonNode playbook = job.playbook("the-uid").orElseThrow();
        assertThat(playbook.at("/data/playbook.yml").asText()).isEqualTo("- hosts: localhost\n");
        assertThat(playbook.at("/metadata/name").asText()).isEqualTo(job.name());
        assertThat(playbook.at("/metadata/namespace").asText()).isEqualTo("tools");
        assertThat(playbook.at("/metadata/labels")).isEqualTo(job.job().at("/metadata/labels"));
        assertThat(YAML.readTree(playbook.at("/metadata/ownerReferences").toString()))
                .isEqualTo(yaml("[{apiVersion: batch/v1, kind: Job, name: " + job.name() + ", uid: the-uid}]"));
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    void name_ofALongPlan_isALabelValueAndItsOwn(HookPoint point) {
        String longest = "p".repeat(40) + "-" + "q".repeat(22);
        Hook.Job hook = Hook.image("busybox");

        HookJob job = new HookJob(plan(longest), point, hook, PLAN, RUN);
        String container = job.job().at("/spec/template/spec/containers/0/name").asText();

        assertThat(job.name()).matches("[a-z]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(63);
        assertThat(container).matches("[a-z]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(63);
        assertThat(job.name()).isEqualTo(new HookJob(plan(longest), point, hook, PLAN, RUN).name());
        assertThat(job.name())
                .isNotEqualTo(new HookJob(plan(longest), point, hook, PLAN, RUN.replace('2', '3')).name());
    }

    @Test
    void site_withoutChoice_isThePlansFirstNamespaceOnThatSide() {
        assertThat(HookSite.of(plan("shop"), Hook.image("busybox")))
                .isEqualTo(new HookSite(Side.SOURCE, "shop", "default"));
        HookSite target = HookSite.of(plan("shop"), Hook.image("busybox").on(Side.TARGET));
        assertThat(target).isEqualTo(new HookSite(Side.TARGET, "shop-eu", "default"));
        assertThat(target.origin(plan("shop"))).contains("shop");
        assertThat(new HookSite(Side.TARGET, "tools", "default").origin(plan("shop")))
                .isEmpty();
        assertThat(new HookSite(Side.SOURCE, "billing", "default").origin(plan("shop")))
                .isEmpty();
    }
}

package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem;
import dev.mtc.api.Transforms;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that name each other across a renamed namespace, changed by every sort of transform on their way to a real cluster. */
class TransformsRealIT {

    private static final String SOURCE = "tf-transforms";
    private static final String TARGET = "tf-transforms-b";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String YAML =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: config, namespace: tf-transforms}
            data: {database: "db.tf-transforms.svc.cluster.local:5432", other: db.elsewhere.svc}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: url, namespace: tf-transforms}
            stringData: {url: "postgres://user:pass@db.tf-transforms.svc/shop"}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: tf-transforms}
            spec: {ports: [{port: 5432, protocol: TCP}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: alias, namespace: tf-transforms}
            spec: {type: ExternalName, externalName: db.tf-transforms.svc.cluster.local}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web-1, namespace: tf-transforms, labels: {app: web}}
            spec:
              replicas: 0
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: web, image: "elsewhere.example/web:1", args: ["--db=db.tf-transforms.svc"], env: [{name: A, value: a}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: tf-transforms}
            spec:
              rules: [{host: web.apps.old.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: db, port: {number: 80}}}}]}}]
            """;

    private RealNamespace source;
    private RealNamespace target;

    @BeforeEach
    void deploy() {
        source = RealNamespace.onSource(SOURCE).delete().create();
        target = RealNamespace.onTarget(TARGET).delete();
        source.apply(YAML);
    }

    @AfterEach
    void remove() {
        source.delete().close();
        target.delete().close();
    }

    private static PlanBuilder plan() {
        return Plan.named("tf-transforms")
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(SOURCE, TARGET)
                .transform(Transforms.edit(Deployment.class, d -> d.getSpec().setRevisionHistoryLimit(2))
                        .named("web-*"))
                .transform(Transforms.strategicMergePatch(
                                "{spec: {template: {spec: {containers: [{name: web, env: [{name: B, value: b}]}]}}}}")
                        .onlyFor("deployments.apps")
                        .labeled("app in (web)"))
                .transform(Transforms.jsonPatch("[{op: add, path: /data/more, value: x}]")
                        .onlyFor("configmaps")
                        .named("config"))
                .transform(Transforms.mergePatch("{metadata: {annotations: {moved: \"yes\"}}}")
                        .onlyFor("services")
                        .inNamespace(SOURCE))
                .transform(Transforms.rewriteHosts("apps.old.example", "apps.new.example"));
    }

    @Test
    void cutover_everyTransform_changesWhatItIsFor() {
        Migration.of(plan().rewriteServiceHosts().build())
                .cutover()
                .await(LIMIT)
                .requireClean();

        Deployment web = target.client()
                .apps()
                .deployments()
                .inNamespace(TARGET)
                .withName("web-1")
                .get();
        var container = web.getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(web.getSpec().getRevisionHistoryLimit()).isEqualTo(2);
        assertThat(container.getArgs()).containsExactly("--db=db.tf-transforms-b.svc");
        assertThat(container.getEnv()).extracting("name").containsExactly("A", "B");
        assertThat(target.client()
                        .configMaps()
                        .inNamespace(TARGET)
                        .withName("config")
                        .get()
                        .getData())
                .containsEntry("database", "db.tf-transforms-b.svc.cluster.local:5432")
                .containsEntry("other", "db.elsewhere.svc")
                .containsEntry("more", "x");
        var alias =
                target.client().services().inNamespace(TARGET).withName("alias").get();
        assertThat(alias.getSpec().getExternalName()).isEqualTo("db.tf-transforms-b.svc.cluster.local");
        assertThat(alias.getMetadata().getAnnotations()).containsEntry("moved", "yes");
        assertThat(target.client()
                        .network()
                        .v1()
                        .ingresses()
                        .inNamespace(TARGET)
                        .withName("web")
                        .get()
                        .getSpec()
                        .getRules()
                        .get(0)
                        .getHost())
                .isEqualTo("web.apps.new.example");
        assertThat(url()).isEqualTo("postgres://user:pass@db.tf-transforms-b.svc/shop");
    }

    @Test
    void cutover_hostsLeftAlone_namesEachPlace() {
        MigrationResult result = Migration.of(plan().build()).cutover().await(LIMIT);

        assertThat(result.warnings())
                .filteredOn(problem -> problem.code().equals("UnresolvedReference"))
                .extracting(Problem::where, problem -> problem.message().replaceFirst(" names.*", ""))
                .containsExactlyInAnyOrder(
                        tuple("configmaps tf-transforms/config", "data.database"),
                        tuple("secrets tf-transforms/url", "data.url"),
                        tuple("deployments.apps tf-transforms/web-1", "spec.template.spec.containers[0].args[0]"));
        assertThat(url()).isEqualTo("postgres://user:pass@db.tf-transforms.svc/shop");
    }

    private String url() {
        Secret secret =
                target.client().secrets().inNamespace(TARGET).withName("url").get();
        return new String(Base64.getDecoder().decode(secret.getData().get("url")), StandardCharsets.UTF_8);
    }
}

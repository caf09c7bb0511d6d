package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterScoped;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks whose pods take their time. */
class WebhookWaveIT extends ObjectsBed {

    private static final String RESOURCE = "validatingwebhookconfigurations.admissionregistration.k8s.io";
    private static final String WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    private static final String ENDPOINTS = "/api/v1/namespaces/shop/endpoints";
    private static final String READY =
            """
            apiVersion: v1
            kind: Endpoints
            metadata: {name: hook}
            subsets: [{addresses: [{ip: 192.0.2.7}], ports: [{port: 8443}]}]
            """;
    private static final String WEBHOOK =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: checks}
            webhooks:
            - name: checks.acme.org
              admissionReviewVersions: [v1]
              sideEffects: None
              failurePolicy: %s
              clientConfig: {caBundle: %s, service: {name: hook, namespace: shop}}
              rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}]
            """;

    private final Plan plan = plan(builder -> builder.withClusterScoped(ClusterScoped.ADMISSION_WEBHOOKS));

    @BeforeEach
    void makeService() {
        create(
                "/api/v1/namespaces/shop/services",
                Yaml.object(
                        """
                        apiVersion: v1
                        kind: Service
                        metadata: {name: hook}
                        spec: {selector: {app: hook}, ports: [{port: 443}]}
                        """));
    }

    private static ObjectNode webhook(String failurePolicy) {
        return Yaml.object(WEBHOOK.formatted(failurePolicy, "YQ=="));
    }

    private Restore restoreWithWebhook() {
        Archive archive;
        try (ArchiveWriter writer = Archive.create(directory.resolve("webhook.tar.gz"))) {
            capture(plan, writer, done -> {});
            writer.add(new ObjectKey(RESOURCE, "", "checks"), webhook("Fail"));
            archive = writer.finish();
        }
        Restore restore = Restore.of(
                target.server(),
                target.discovery(),
                RestoreSettings.of(plan, "plan-uid", "migration-uid"),
                archive,
                target.executor());
        restore.ensureNamespaces();
        assertThat(recent.settle(Duration.ofSeconds(20))).isTrue();
        return restore;
    }

    @Test
    void apply_podsOfTheWebhookComeLater_writesItAfterThemAndAfterAllElse() {
        // an owner that comes later than what it owns
        String uid = Json.text(source.server().get("/api/v1/namespaces/shop/services/hook"), "metadata", "uid");
        create(
                MAPS,
                Yaml.object(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: owned, ownerReferences: [{apiVersion: v1, kind: Service, name: hook, uid: %s}]}
                        """
                                .formatted(uid)));
        Restore restore = restoreWithWebhook();
        CompletableFuture<Void> pods = CompletableFuture.runAsync(() -> target.client()
                        .services()
                        .inNamespace("shop")
                        .withName("hook")
                        .waitUntilCondition((Service service) -> Objects.nonNull(service), 30, TimeUnit.SECONDS))
                .thenRunAsync(
                        () -> target.server().create(ENDPOINTS, Yaml.object(READY)),
                        CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));

        RestoreResult result = restore.apply(done -> {});

        pods.join();
        assertThat(result.problems()).isEmpty();
        List<String> writes = target.writes();
        assertThat(writes.indexOf("POST " + WEBHOOKS))
                .isEqualTo(writes.size() - 1)
                .isGreaterThan(writes.indexOf("PATCH " + MAPS + "/owned"))
                .isGreaterThan(writes.indexOf("POST " + ENDPOINTS));
        assertThat(writes).contains("PATCH " + MAPS + "/owned", "POST " + ENDPOINTS);
    }

    @ParameterizedTest
    @CsvSource({"Fail, SKIPPED, WebhookNotReady", "Ignore, CREATED, ''"})
    void writeTo_noPodEver_leavesOutOnlyWhatWouldRefuse(String failurePolicy, Action action, String code) {
        migrate(plan);
        List<Duration> pauses = new ArrayList<>();
        RestoreSettings settings = RestoreSettings.of(plan, "plan-uid", "migration-uid");
        Conflicts conflicts = new Conflicts(settings, Surroundings.none());
        Ledger ledger = new Ledger(done -> {});
        WebhookWave wave = new WebhookWave(conflicts, new WebhookBackends(target.server(), pauses::add), ledger);
        ObjectWriter writer = new ObjectWriter(
                new ObjectWriter.Means(
                        target.server(),
                        conflicts,
                        new Adoption(target.server(), target.discovery()),
                        new ContentDigests(settings, any -> false)),
                ledger,
                target.executor(),
                () -> false);
        Prepared.Applicable prepared = new Prepared.Applicable(
                target.discovery().versions(RESOURCE).get(0),
                new ObjectKey(RESOURCE, "", "checks"),
                webhook(failurePolicy),
                List.of(),
                List.of(),
                List.of(),
                "");

        assertThat(wave.holdsBack(prepared, new Existing.Kept(null))).isTrue();
        wave.writeTo(writer);
        writer.drain();

        assertThat(ledger.result().outcomes())
                .singleElement()
                .extracting(ItemOutcome::action)
                .isEqualTo(action);
        if (action == Action.SKIPPED) {
            assertThat(pauses).hasSizeGreaterThan(100);
            assertThat(ledger.result().problems()).singleElement().satisfies(problem -> assertThat(problem.toString())
                    .contains(code, "checks", "shop/hook"));
        } else {
            assertThat(pauses).isEmpty();
            assertThat(ledger.result().problems()).extracting(Problem::code).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"YQ==, true", "'\"\"', false"})
    void apply_renamedNamespace_warnsOfTheCertificate(String bundle, boolean warned) {
        TransformCase after = TransformCase.of(
                new WebhookCertificates(TransformCase.settings()), RESOURCE, WEBHOOK.formatted("Fail", bundle));

        if (warned) {
            after.warns("WebhookCertificate");
            assertThat(after.draft().problems().get(0).message()).contains("hook.shop.svc");
        } else {
            after.warnsNothing();
        }
    }
}

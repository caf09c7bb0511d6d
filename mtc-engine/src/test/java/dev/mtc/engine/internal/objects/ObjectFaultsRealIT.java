package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Side;
import dev.mtc.api.Transform;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between clusters every day, on real servers: webhooks that are down, busy servers, lists that are forgotten. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectFaultsRealIT {

    private static final String NAMESPACE = "tf-object-faults";
    private static final String PATH = "/api/v1/namespaces/" + NAMESPACE;
    private static final String MAPS = PATH + "/configmaps";
    private static final String WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";

    /** More than a page. */
    private static final int COUNT = 600;

    private static final Duration OUTAGE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private CountedCluster source;
    private CountedCluster target;
    private FaultyApiProxy sourceProxy;
    private FaultyApiProxy targetProxy;

    @BeforeAll
    void open() {
        source = CountedCluster.fromVariable(Side.SOURCE, "MTC_SOURCE_KUBECONFIG");
        target = CountedCluster.fromVariable(Side.TARGET, "MTC_TARGET_KUBECONFIG");
        sourceProxy = new FaultyApiProxy(source);
        targetProxy = new FaultyApiProxy(target);
        remove(source);
        remove(target);
        source.server().create("/api/v1/namespaces", namespace());
        awaitAccount(source);
        CompletableFuture<?>[] made = IntStream.range(0, COUNT)
                .mapToObj(
                        i -> CompletableFuture.runAsync(() -> source.server().create(MAPS, map(i)), source.executor()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(made).join();
    }

    @AfterEach
    void clean() {
        remove(target);
    }

    @AfterAll
    void close() {
        remove(source);
        sourceProxy.close();
        targetProxy.close();
        source.close();
        target.close();
    }

    private static void remove(CountedCluster cluster) {
        cluster.server().delete(WEBHOOKS + "/" + NAMESPACE);
        cluster.server().delete("/api/v1/namespaces/" + NAMESPACE);
        cluster.client().namespaces().withName(NAMESPACE).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    }

    private static ObjectNode namespace() {
        return Yaml.object(
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: tf-object-faults, labels: {watched: object-faults}}
                """);
    }

    private static ObjectNode map(int number) {
        return Yaml.object(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map-%04d, labels: {tens: 'n%d'}}\ndata: {a: b}"
                        .formatted(number, number / 10));
    }

    private static void awaitAccount(CountedCluster cluster) {
        cluster.client()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);
    }

    private Plan plan(UnaryOperator<PlanBuilder> more) {
        return more.apply(Plan.named("tf-object-faults")
                        .from(source.cluster())
                        .to(target.cluster())
                        .namespace(NAMESPACE)
                        .includeResources("configmaps"))
                .build();
    }

    private Archive capture(CountedCluster from, Plan plan) {
        try (ArchiveWriter writer = Archive.create(directory.resolve("objects.tar.gz"))) {
            CaptureReport report = Capture.of(
                            from.server(), from.discovery(), target.discovery(), plan, from.executor())
                    .into(writer, done -> {});
            assertThat(report.problems()).isEmpty();
            return writer.finish();
        }
    }

    /** {@return a restore whose namespace is there} */
    private Restore restore(CountedCluster to, Plan plan, Archive archive) {
        Restore restore = Restore.of(
                to.server(),
                to.discovery(),
                RestoreSettings.of(plan, "tf-object-faults", "migration-uid"),
                archive,
                to.executor());
        restore.ensureNamespaces();
        awaitAccount(target);
        return restore;
    }

    private List<String> arrived() {
        return target.server().list(MAPS, "tens").stream()
                .map(map -> Json.text(map, "metadata", "name"))
                .toList();
    }

    @Test
    void apply_webhookDownForTwentySeconds_writesAllWhenItIsUp() {
        Plan plan = plan(builder -> builder.labelSelector("tens in (n0,n1,n2)"));
        Restore restore = restore(target, plan, capture(source, plan));
        AdmissionHook hook = new AdmissionHook();
        try (ExtensionServer server = ExtensionServer.near(target, List.of())) {
            server.serve("/validate", hook);
            hook.down();
            target.server().create(WEBHOOKS, webhook(server));
            Waiting.until(this::isRefused);
            int before = hook.unanswered();
            long begin = System.nanoTime();
            hook.upAfter(OUTAGE);

            RestoreResult result = restore.apply(done -> {});

            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(result.errors()).isEmpty();
            assertThat(result.count(Action.CREATED)).isEqualTo(30);
            assertThat(arrived()).hasSize(30);
            assertThat(took).isGreaterThan(OUTAGE);
            assertThat(hook.unanswered() - before).isGreaterThanOrEqualTo(30);
            assertThat(hook.admitted()).hasSize(30).doesNotHaveDuplicates();
        } finally {
            target.server().delete(WEBHOOKS + "/" + NAMESPACE);
        }
    }

    /** It takes the server a moment to hear of the webhook. */
    private boolean isRefused() {
        try {
            target.server()
                    .client()
                    .raw(
                            MAPS + "?dryRun=All",
                            "POST",
                            Yaml.object(
                                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: tried, labels: {tens: none}}"));
            return false;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage()).contains("failed calling webhook");
        }
    }

    private static ObjectNode webhook(ExtensionServer server) {
        return Yaml.object(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: tf-object-faults}
                webhooks:
                - name: maps.mtc-object-faults.example
                  admissionReviewVersions: [v1]
                  sideEffects: None
                  failurePolicy: Fail
                  timeoutSeconds: 2
                  clientConfig: {url: "https://%s:%d/validate", caBundle: %s}
                  namespaceSelector: {matchLabels: {watched: object-faults}}
                  objectSelector: {matchExpressions: [{key: tens, operator: Exists}]}
                  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
                """
                        .formatted(server.address(), server.port(), server.authority()));
    }

    @Test
    void apply_stormOfRefusals_writesAll() {
        Plan plan = plan(builder -> builder);
        try (CountedCluster through = CountedCluster.at(Side.TARGET, targetProxy.url())) {
            Restore restore = restore(through, plan, capture(source, plan));
            targetProxy.refuseWrites(60);

            RestoreResult result = restore.apply(done -> {});

            assertThat(result.errors()).isEmpty();
            assertThat(targetProxy.faults()).isEqualTo(60);
            assertThat(arrived()).hasSize(COUNT);
        }
    }

    @Test
    void capture_listForgottenInTheMiddle_isOneListWithoutDoubles() {
        Plan plan = plan(builder -> builder);
        List<String> captured = new ArrayList<>();
        try (CountedCluster through = CountedCluster.at(Side.SOURCE, sourceProxy.url())) {
            sourceProxy.forgetLists(2);

            capture(through, plan)
                    .forEach(key -> key.name().startsWith("map-"), (key, object) -> captured.add(key.name()));
        }

        assertThat(sourceProxy.faults()).isEqualTo(2);
        assertThat(captured).doesNotHaveDuplicates().hasSize(COUNT);
    }

    /** Runs something when the second object is prepared, after the target was listed. */
    private Plan meanwhile(ExistingPolicy policy, Runnable action) {
        return plan(builder -> builder.existing(policy)
                .labelSelector("tens=n0")
                .transform(Transform.of("meanwhile", object -> {
                    if (object.getMetadata().getName().equals("map-0001")) {
                        action.run();
                    }
                    return object;
                })));
    }

    private RestoreResult migrate(Plan plan) {
        return restore(target, plan, capture(source, plan)).apply(done -> {});
    }

    private void change(CountedCluster cluster, String yaml) {
        cluster.server().merge(MAPS + "/map-0001", Yaml.object(yaml));
    }

    private String data(String key) {
        return Json.text(target.server().get(MAPS + "/map-0001"), "data", key);
    }

    @Test
    void apply_objectChangedOrDeletedAfterTheList_isAsOnTheSource() {
        migrate(plan(builder -> builder.labelSelector("tens=n0")));
        change(source, "data: {a: second}");
        Plan overtaken = meanwhile(ExistingPolicy.UPDATE, () -> change(target, "data: {a: theirs}"));

        RestoreResult conflict = migrate(overtaken);

        assertThat(conflict.errors()).isEmpty();
        assertThat(data("a")).isEqualTo("second");
        change(source, "data: {a: third}");
        Plan deleted = meanwhile(ExistingPolicy.FAIL, () -> target.server().delete(MAPS + "/map-0001"));

        RestoreResult gone = migrate(deleted);

        assertThat(gone.errors()).isEmpty();
        assertThat(data("a")).isEqualTo("third");
        change(source, "data: {a: b}");
    }
}

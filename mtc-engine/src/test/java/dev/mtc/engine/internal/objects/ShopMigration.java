package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The objects of a small shop migrated into a namespace of another name; subclasses say between which clusters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShopMigration {

    private static final String SOURCE = "it-objects";
    private static final String TARGET = "it-objects-b";
    private static final String PLAN_UID = "11111111-2222-3333-4444-555555555555";

    @TempDir
    static Path directory;

    private CountedCluster source;
    private CountedCluster target;
    private Discovery targetKinds;
    private Archive archive;
    private CaptureReport report;

    abstract CountedCluster openSource();

    abstract CountedCluster openTarget();

    /** Ends what was begun for the clusters. */
    abstract void stop();

    @BeforeAll
    void capture() {
        source = openSource();
        target = openTarget();
        removeNamespace(source, SOURCE);
        removeNamespace(target, TARGET);
        Discovery sourceKinds = source.discovery();
        targetKinds = target.discovery();
        makeShop(sourceKinds);
        try (ArchiveWriter writer = Archive.create(directory.resolve("objects.tar.gz"))) {
            report = Capture.of(source.server(), sourceKinds, targetKinds, plan(ExistingPolicy.FAIL), source.executor())
                    .into(writer, done -> {});
            archive = writer.finish();
        }
    }

    @AfterEach
    void clean() {
        removeNamespace(target, TARGET);
    }

    @AfterAll
    void close() {
        if (source != null) {
            removeNamespace(source, SOURCE);
            source.close();
        }
        if (target != null) {
            target.close();
        }
        stop();
    }

    private void makeShop(Discovery kinds) {
        source.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(SOURCE)
                        .addToLabels("team", "sales")
                        .addToLabels("name", SOURCE)
                        .addToAnnotations("openshift.io/sa.scc.uid-range", "1000/1000")
                        .endMetadata()
                        .build())
                .create();
        awaitAccount(source, SOURCE);
        for (ObjectNode object : shop()) {
            ResourceType type = kinds.find(Json.text(object, "apiVersion"), Json.text(object, "kind"))
                    .orElseThrow();
            source.server().create(type.collection(SOURCE), object);
        }
    }

    private static List<ObjectNode> shop() {
        try (InputStream file = Objects.requireNonNull(ShopMigration.class.getResourceAsStream("shop.yaml"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.split("\n---\n")).stream()
                    .map(document -> Serialization.unmarshal(document, ObjectNode.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Plan plan(ExistingPolicy existing) {
        return Plan.named("it-objects")
                .from(source.cluster())
                .to(target.cluster())
                .namespace(SOURCE, TARGET)
                .existing(existing)
                .build();
    }

    private RestoreSettings settings(ExistingPolicy existing) {
        return RestoreSettings.of(plan(existing), PLAN_UID, "migration-uid")
                .images(image -> image.replace("old.example:5000/", "new.example:5001/"));
    }

    private Restore restore(ExistingPolicy existing) {
        return Restore.of(target.server(), targetKinds, settings(existing), archive, target.executor());
    }

    private RestoreResult restored(ExistingPolicy existing) {
        Restore restore = restore(existing);
        restore.ensureNamespaces();
        awaitAccount(target, TARGET);
        assertThat(restore.ensureNamespaces().unready()).isEmpty();
        target.forgetRequests();
        return restore.apply(done -> {});
    }

    private static void awaitAccount(CountedCluster cluster, String namespace) {
        cluster.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);
    }

    private static void removeNamespace(CountedCluster cluster, String name) {
        var namespace = cluster.client().namespaces().withName(name);
        namespace.delete();
        namespace.waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
    }

    private ObjectNode onTarget(String apiVersion, String kind, String name) {
        ResourceType type = targetKinds.find(apiVersion, kind).orElseThrow();
        return target.server().get(type.path(TARGET, name));
    }

    private void makeForeignConfigMap() {
        ObjectNode map = Json.newObject().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", "shop");
        map.putObject("data").put("greeting", "Go away").put("settings.properties", "currency=EUR\npageSize=20\n");
        target.server().create("/api/v1/namespaces/" + TARGET + "/configmaps", map);
    }

    @Test
    void capture_wholeNamespace_countsKindsAndFindsNothingIncompatible() {
        assertThat(report.problems()).isEmpty();
        assertThat(report.counts())
                .containsEntry("deployments.apps", 1)
                .containsEntry("services", 2)
                .containsEntry("cronjobs.batch", 1)
                .containsEntry("namespaces", 1)
                .doesNotContainKeys("events", "ingresses.extensions", "leases.coordination.k8s.io");
    }

    @Test
    void apply_emptyTarget_writesEachObjectOnce() {
        RestoreResult result = restored(ExistingPolicy.FAIL);

        assertThat(result.errors()).isEmpty();
        assertThat(result.count(Action.CREATED)).isEqualTo(15);
        assertThat(target.writes()).hasSize(15).allMatch(write -> write.startsWith("POST"));
        Set<String> lists = new HashSet<>(target.reads());
        assertThat(target.reads()).hasSameSizeAs(lists);
    }

    @Test
    void apply_renamedNamespace_followsReferencesAndImages() {
        RestoreResult result = restored(ExistingPolicy.FAIL);

        ObjectNode binding = onTarget("rbac.authorization.k8s.io/v1", "RoleBinding", "shop");
        assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo(TARGET);
        assertThat(binding.at("/subjects/1/name").asText()).isEqualTo("system:serviceaccount:" + TARGET + ":shop");
        assertThat(binding.at("/subjects/2/name").asText()).isEqualTo("system:serviceaccounts:" + TARGET);
        ObjectNode policy = onTarget("networking.k8s.io/v1", "NetworkPolicy", "database-for-web-only");
        assertThat(policy.at("/spec/ingress/0/from/0/namespaceSelector/matchLabels/name")
                        .asText())
                .isEqualTo(TARGET);
        assertThat(onTarget("apps/v1", "Deployment", "web")
                        .at("/spec/template/spec/containers/0/image")
                        .asText())
                .isEqualTo("new.example:5001/shop/web:1");
        assertThat(onTarget("apps/v1", "StatefulSet", "postgres")
                        .at("/spec/template/spec/containers/0/image")
                        .asText())
                .isEqualTo("new.example:5001/shop/postgres:1");
        assertThat(result.warnings())
                .filteredOn(problem -> problem.code().equals("UnresolvedReference"))
                .extracting(Problem::where)
                .containsExactly("cronjobs.batch " + SOURCE + "/visit");
    }

    @Test
    void ensureNamespaces_newNamespace_hasLabelsOfSourceAndMarks() {
        Restore restore = restore(ExistingPolicy.FAIL);
        assertThat(restore.ensureNamespaces().outcomes())
                .extracting(ItemOutcome::action)
                .containsExactly(Action.CREATED);

        ObjectNode namespace = target.server().get("/api/v1/namespaces/" + TARGET);
        assertThat(Json.text(namespace, "metadata", "labels", "team")).isEqualTo("sales");
        assertThat(Json.text(namespace, "metadata", "labels", "name")).isEqualTo(TARGET);
        assertThat(Json.text(namespace, "metadata", "labels", Marks.PLAN)).isEqualTo(PLAN_UID);
        assertThat(Json.text(namespace, "metadata", "annotations", "openshift.io/sa.scc.uid-range"))
                .isEqualTo("1000/1000");
        assertThat(restore.ensureNamespaces().outcomes())
                .extracting(ItemOutcome::action)
                .containsExactly(Action.UNCHANGED);
    }

    @Test
    void apply_secondTime_writesNothing() {
        restored(ExistingPolicy.FAIL);

        RestoreResult second = restored(ExistingPolicy.FAIL);

        assertThat(target.writes()).isEmpty();
        assertThat(second.errors()).isEmpty();
        assertThat(second.outcomes())
                .filteredOn(outcome -> outcome.action() != Action.SKIPPED)
                .hasSize(15)
                .allMatch(outcome -> outcome.action() == Action.UNCHANGED);
    }

    @Test
    void preview_emptyTarget_writesNothing() {
        target.forgetRequests();

        Preview preview = restore(ExistingPolicy.FAIL).preview();

        assertThat(target.writes()).isEmpty();
        assertThat(preview.actions())
                .filteredOn(action -> action.verb() == Preview.Verb.CREATE)
                .hasSize(16);
        assertThat(restore(ExistingPolicy.FAIL).conflicts()).isEmpty();
    }

    @Test
    void apply_foreignObject_failsNamingFirstDifference() {
        restore(ExistingPolicy.FAIL).ensureNamespaces();
        makeForeignConfigMap();

        assertThat(restore(ExistingPolicy.FAIL).conflicts()).singleElement().satisfies(problem -> assertThat(
                        problem.toString())
                .contains("target configmaps " + TARGET + "/shop", "ObjectConflict", "data.greeting"));
        RestoreResult result = restored(ExistingPolicy.FAIL);
        assertThat(result.count(Action.FAILED)).isEqualTo(1);
        assertThat(result.count(Action.CREATED)).isEqualTo(14);
        assertThat(Json.text(onTarget("v1", "ConfigMap", "shop"), "data", "greeting"))
                .isEqualTo("Go away");
    }

    @Test
    void apply_foreignObjectSkipped_warnsAndKeepsIt() {
        restore(ExistingPolicy.SKIP).ensureNamespaces();
        makeForeignConfigMap();

        RestoreResult result = restored(ExistingPolicy.SKIP);

        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings()).anyMatch(problem -> problem.code().equals("ExistingObjectKept"));
        assertThat(Json.text(onTarget("v1", "ConfigMap", "shop"), "data", "greeting"))
                .isEqualTo("Go away");
    }

    @Test
    void apply_foreignObjectUpdated_takesItOver() {
        restore(ExistingPolicy.UPDATE).ensureNamespaces();
        makeForeignConfigMap();

        RestoreResult result = restored(ExistingPolicy.UPDATE);

        assertThat(result.count(Action.UPDATED)).isEqualTo(1);
        assertThat(Json.text(onTarget("v1", "ConfigMap", "shop"), "data", "greeting"))
                .isEqualTo("Welcome to the shop");
    }

    @Test
    void removal_afterRestore_leavesNothing() {
        restored(ExistingPolicy.FAIL);
        Removal removal = Removal.of(target.server(), targetKinds, PLAN_UID, List.of(TARGET), target.executor());
        assertThat(removal.remaining()).hasSizeGreaterThanOrEqualTo(15);

        RestoreResult removed = removal.objects(done -> {});

        assertThat(removed.errors()).isEmpty();
        assertThat(removed.count(Action.DELETED)).isGreaterThanOrEqualTo(15);
        removedSoon(removal);
        assertThat(removal.namespaces().count(Action.DELETED)).isEqualTo(1);
        var namespace = target.client().namespaces().withName(TARGET);
        assertThat(namespace.waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS))
                .isNull();
    }

    @Test
    void removal_foreignObjectInNamespace_keepsBoth() {
        restore(ExistingPolicy.SKIP).ensureNamespaces();
        awaitAccount(target, TARGET);
        makeForeignConfigMap();
        restored(ExistingPolicy.SKIP);
        Removal removal = Removal.of(target.server(), targetKinds, PLAN_UID, List.of(TARGET), target.executor());
        removal.objects(done -> {});
        removedSoon(removal);

        RestoreResult kept = removal.namespaces();

        assertThat(kept.count(Action.SKIPPED)).isEqualTo(1);
        assertThat(kept.warnings()).singleElement().matches(problem -> problem.message()
                .contains("configmaps " + TARGET + "/shop"));
        assertThat(Json.text(onTarget("v1", "ConfigMap", "shop"), "data", "greeting"))
                .isEqualTo("Go away");
    }

    /** Deleting goes on in the background: the last thing to go is what a deleted owner owned. */
    private void removedSoon(Removal removal) {
        for (ObjectKey key : removal.remaining()) {
            ResourceType type = targetKinds.versions(key.resource()).get(0);
            target.client()
                    .genericKubernetesResources(type.apiVersion(), type.kind())
                    .inNamespace(key.namespace())
                    .withName(key.name())
                    .waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
        }
        assertThat(removal.remaining()).isEmpty();
    }
}

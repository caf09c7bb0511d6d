package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterScoped;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.companion.Companions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of every kind goes to another cluster and comes back, and nothing differs but what a list allows; subclasses say between which
 * clusters.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RoundTrip {

    static final String NAMESPACE = "tf-round-trip";
    private static final String WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";

    private final AllowedDifferences allowed = AllowedDifferences.read(text("allowed-differences.yaml"));

    @TempDir
    Path directory;

    CountedCluster here;
    CountedCluster there;

    abstract CountedCluster openSource();

    abstract CountedCluster openTarget();

    /** {@return the files with the objects} */
    abstract List<String> files();

    /** {@return the service that the webhook names} */
    String hookService() {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: hook}
                spec: {ports: [{port: 443, protocol: TCP}]}
                """;
    }

    /** Waits until the controllers of both clusters have nothing to do. */
    abstract void settle();

    abstract void stop();

    /** Registers what answers for a cluster from outside, before anything else is done to it. */
    void extend() {}

    /** {@return a webhook that calls a service of the namespace} */
    ObjectNode webhook() {
        return Yaml.object(text("webhook.yaml"));
    }

    /** Checks that the target calls the webhook that came to it. */
    void checkCalled() {}

    @BeforeAll
    void open() {
        here = openSource();
        there = openTarget();
        extend();
        remove();
        StandIns.define(here, objects());
        StandIns.define(there, objects());
    }

    @AfterEach
    void clean() {
        for (CountedCluster cluster : List.of(here, there)) {
            removeNamespace(cluster);
            cluster.server().delete(WEBHOOKS + "/tf-round-trip");
        }
    }

    @AfterAll
    void close() {
        try {
            remove();
        } finally {
            stop();
            here.close();
            there.close();
        }
    }

    @Test
    void roundTrip_everyKind_differsOnlyAsAllowed() {
        List<ObjectNode> originals = make();

        RestoreResult over = migrate(here, there);
        List<ObjectNode> copies = read(there, originals);
        removeNamespace(here);
        RestoreResult back = migrate(there, here);
        List<ObjectNode> returned = read(here, originals);

        assertThat(over.errors()).isEmpty();
        assertThat(back.errors()).isEmpty();
        assertThat(differences(originals, copies)).isEmpty();
        assertThat(differences(originals, returned)).isEmpty();
        Set<String> kinds = copies.stream()
                .filter(copy -> !copy.isEmpty())
                .map(RoundTrip::kind)
                .collect(Collectors.toSet());
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void roundTrip_secondTime_writesNothing() {
        make();
        migrate(here, there);
        settle();
        there.forgetRequests();

        RestoreResult again = migrate(here, there);

        assertThat(again.errors()).isEmpty();
        assertThat(again.outcomes().stream()
                        .filter(outcome -> outcome.action() != Action.UNCHANGED && outcome.action() != Action.SKIPPED))
                .isEmpty();
        assertThat(there.writes()).isEmpty();
    }

    @Test
    void roundTrip_webhook_comesAsItWas() {
        makeNamespace();
        create(Yaml.object(hookService()), here.discovery());
        ObjectNode original = here.server().create(WEBHOOKS, webhook());

        RestoreResult over = migrate(here, there);
        removeNamespace(here);
        here.server().delete(WEBHOOKS + "/tf-round-trip");
        RestoreResult back = migrate(there, here);

        assertThat(over.errors()).isEmpty();
        assertThat(back.errors()).isEmpty();
        for (CountedCluster cluster : List.of(there, here)) {
            assertThat(allowed.others(original, cluster.server().get(WEBHOOKS + "/tf-round-trip")))
                    .isEmpty();
        }
        checkCalled();
    }

    private List<String> differences(List<ObjectNode> originals, List<ObjectNode> copies) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            ObjectNode original = originals.get(i);
            ObjectNode copy = copies.get(i);
            boolean expected = !allowed.mayBeAbsent(original);
            if (expected != !copy.isEmpty()) {
                found.add(AllowedDifferences.name(original) + (expected ? " is missing" : " should not be there"));
            } else if (expected) {
                found.addAll(allowed.others(original, copy));
            }
        }
        return found;
    }

    private RestoreSettings settings(CountedCluster from, CountedCluster to) {
        Plan plan = Plan.named("tf-round-trip")
                .from(from.cluster())
                .to(to.cluster())
                .namespace(NAMESPACE)
                .withClusterScoped(ClusterScoped.ADMISSION_WEBHOOKS)
                .build();
        return RestoreSettings.of(plan, "plan-uid", "migration-uid").claimsAsObjects();
    }

    private RestoreResult migrate(CountedCluster from, CountedCluster to) {
        RestoreSettings settings = settings(from, to);
        Discovery targetKinds = to.discovery();
        try (ArchiveWriter writer = Archive.create(directory.resolve("objects.tar.gz"))) {
            CaptureReport report = Capture.of(
                            from.server(), from.discovery(), targetKinds, settings.plan(), from.executor())
                    .into(writer, done -> {});
            assertThat(report.unserved()).isEmpty();
            assertThat(report.problems()).isEmpty();
            Companions.find(settings.plan(), from.server(), from.discovery())
                    .all()
                    .forEach(companion ->
                            writer.add(new ObjectKey(companion.resource(), "", companion.name()), companion.object()));
            Restore restore = Restore.of(to.server(), targetKinds, settings, writer.finish(), to.executor());
            restore.ensureNamespaces();
            awaitAccount(to);
            assertThat(restore.ensureNamespaces().unready()).isEmpty();
            RestoreResult result = restore.apply(done -> {});
            settle();
            return result;
        }
    }

    private void makeNamespace() {
        here.server().create("/api/v1/namespaces", namespace());
        awaitAccount(here);
    }

    private ObjectNode create(ObjectNode object, Discovery kinds) {
        ResourceType type =
                kinds.findInAnyVersion(version(object), kind(object)).orElseThrow();
        ResourceType own = type.inVersion(version(object).replaceFirst(".*/", ""));
        return here.server().create(own.collection(NAMESPACE), object);
    }

    private List<ObjectNode> make() {
        makeNamespace();
        Discovery kinds = here.discovery();
        List<ObjectNode> made = new ArrayList<>();
        for (ObjectNode object : objects().toList()) {
            for (ObjectNode owner : Json.objects(Json.at(object, "metadata", "ownerReferences"))) {
                owner.put("uid", uid(made, Json.text(owner, "uid")));
            }
            made.add(create(object, kinds));
        }
        settle();
        return read(here, made);
    }

    private static String uid(List<ObjectNode> made, String placeholder) {
        String name = placeholder.replaceFirst("^UID:", "").replace('/', ' ');
        return made.stream()
                .filter(object -> AllowedDifferences.name(object).equals(name))
                .map(object -> Json.text(object, "metadata", "uid"))
                .findFirst()
                .orElseThrow();
    }

    private List<ObjectNode> read(CountedCluster cluster, List<ObjectNode> originals) {
        Discovery kinds = cluster.discovery();
        return originals.stream()
                .map(original -> {
                    ResourceType type = kinds.findInAnyVersion(version(original), kind(original))
                            .orElseThrow();
                    String name = Json.text(original, "metadata", "name");
                    return cluster.server().find(type.path(NAMESPACE, name)).orElseGet(Json::newObject);
                })
                .toList();
    }

    private static ObjectNode namespace() {
        return Yaml.object(
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: tf-round-trip, labels: {sea: north}}
                """);
    }

    private static void awaitAccount(CountedCluster cluster) {
        cluster.client()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);
    }

    private Stream<ObjectNode> objects() {
        return files().stream()
                .flatMap(file -> Arrays.stream(text(file).split("\n---\n")))
                .map(Yaml::object);
    }

    private static String text(String file) {
        try (InputStream stream =
                Objects.requireNonNull(RoundTrip.class.getResourceAsStream("roundtrip/" + file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(JsonNode object) {
        return Json.text(object, "apiVersion");
    }

    private static String kind(JsonNode object) {
        return Json.text(object, "kind");
    }

    private void remove() {
        for (CountedCluster cluster : List.of(here, there)) {
            removeNamespace(cluster);
            cluster.server().delete(WEBHOOKS + "/tf-round-trip");
            StandIns.remove(cluster);
        }
    }

    /** Finalizers, whose controllers are not there, would keep it for ever. */
    private static void removeNamespace(CountedCluster cluster) {
        var namespace = cluster.client().namespaces().withName(NAMESPACE);
        if (namespace.get() == null) {
            return;
        }
        Discovery kinds = cluster.discovery();
        ObjectNode without = Json.newObject();
        without.putObject("metadata").putArray("finalizers");
        for (String kind : List.of("Fleet", "Crate")) {
            kinds.find("mtc-round-trip.example/v1", kind).ifPresent(type -> cluster.server()
                    .list(type.collection(NAMESPACE), "")
                    .forEach(object -> cluster.server()
                            .merge(type.path(NAMESPACE, Json.text(object, "metadata", "name")), without)));
        }
        namespace.withGracePeriod(0).delete();
        cluster.client().pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
        namespace.waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
    }
}

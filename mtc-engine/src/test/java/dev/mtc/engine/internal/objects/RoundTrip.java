package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterScoped;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of every kind goes to another cluster and comes back, and nothing differs but what a list allows; subclasses say between which
 * clusters.
 */
abstract class RoundTrip {

    static final String NAMESPACE = "tf-round-trip";
    private static final String WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private final AllowedDifferences allowed = AllowedDifferences.read(text("allowed-differences.yaml"));

    @TempDir
    Path directory;

    CountedCluster here;
    CountedCluster there;

    abstract CountedCluster openSource();

    abstract CountedCluster openTarget();

    /** {@return the files with the objects} */
    abstract List<String> files();

    /** Waits until the controllers of both clusters have nothing to do. */
    abstract void settle();

    abstract void stop();

    @BeforeEach
    void open() {
        here = openSource();
        there = openTarget();
        remove();
        for (CountedCluster cluster : List.of(here, there)) {
            Discovery kinds = cluster.discovery();
            objects()
                    .filter(object -> kinds.findInAnyVersion(version(object), kind(object))
                            .isEmpty())
                    .map(object -> version(object) + " " + kind(object))
                    .distinct()
                    .forEach(missing -> define(cluster, missing));
        }
    }

    @AfterEach
    void close() {
        try {
            remove();
        } finally {
            here.close();
            there.close();
            stop();
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
        ObjectNode webhook = Yaml.object(text("webhook.yaml"));
        ObjectNode original = here.server().create(WEBHOOKS, webhook);
        String resource = "validatingwebhookconfigurations.admissionregistration.k8s.io";
        ObjectKey key =
                new ObjectKey(resource, "", AllowedDifferences.name(original).split(" ")[1]);

        Prepared prepared = Preparation.of(there.discovery(), settings(here, there), Surroundings.none())
                .prepare(key, original.deepCopy());

        assertThat(prepared).isInstanceOfSatisfying(Prepared.Applicable.class, applicable -> {
            ObjectNode copy = there.server().create(WEBHOOKS, applicable.object());
            assertThat(allowed.others(original, copy)).isEmpty();
        });
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
            Restore restore = Restore.of(to.server(), targetKinds, settings, writer.finish(), to.executor());
            restore.ensureNamespaces();
            awaitAccount(to);
            assertThat(restore.ensureNamespaces().unready()).isEmpty();
            RestoreResult result = restore.apply(done -> {});
            settle();
            return result;
        }
    }

    private List<ObjectNode> make() {
        here.server().create("/api/v1/namespaces", namespace());
        awaitAccount(here);
        Discovery kinds = here.discovery();
        List<ObjectNode> made = new ArrayList<>();
        for (ObjectNode object : objects().toList()) {
            for (ObjectNode owner : Json.objects(Json.at(object, "metadata", "ownerReferences"))) {
                owner.put("uid", uid(made, Json.text(owner, "uid")));
            }
            ResourceType type =
                    kinds.findInAnyVersion(version(object), kind(object)).orElseThrow();
            ResourceType own = type.inVersion(version(object).replaceFirst(".*/", ""));
            made.add(here.server().create(own.collection(NAMESPACE), object));
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
        return Yaml.object("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + NAMESPACE + "}");
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

    /** Defines a kind without a schema. */
    private static void define(CountedCluster cluster, String missing) {
        String[] parts = missing.split("[/ ]");
        String lower = parts[2].toLowerCase(Locale.ROOT);
        String plural = lower.endsWith("cy") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
        ObjectNode definition = Yaml.object(KindWithoutSchema.yaml(plural, parts[0], parts[2], parts[1]));
        cluster.server().create(DEFINITIONS, definition);
        cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(plural + "." + parts[0])
                .waitUntilCondition(RoundTrip::isEstablished, 30, TimeUnit.SECONDS);
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private void remove() {
        for (CountedCluster cluster : List.of(here, there)) {
            removeNamespace(cluster);
            cluster.server().delete(WEBHOOKS + "/tf-round-trip");
            var definitions = cluster.client().apiextensions().v1().customResourceDefinitions();
            definitions.list().getItems().stream()
                    .filter(definition -> definition.getSpec().getGroup().equals("mtc-round-trip.example"))
                    .forEach(definition -> {
                        definitions.resource(definition).delete();
                        definitions.resource(definition).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
                    });
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

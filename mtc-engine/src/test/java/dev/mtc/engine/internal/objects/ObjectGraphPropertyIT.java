package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Clusters;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.testing.EmbeddedCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random applications through an archive and all transforms into a target in memory, against a model that knows none of them. */
class ObjectGraphPropertyIT {

    private static final int SEEDS = 1000;

    @TempDir
    static Path directory;

    private static EmbeddedCluster cluster;
    private static Discovery served;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start("graphs");
        try (CountedCluster counted = CountedCluster.at(Side.TARGET, cluster.url())) {
            served = counted.discovery().with(List.of(TransformCase.type("widgets.example.com", "v1", "Widget")));
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** What arrived. */
    private record Arrived(ObjectNode object, List<String> owners) {}

    private static Map<String, String> namespaces(long seed) {
        Random random = new Random(seed);
        List<String> sources = new ArrayList<>(RandomObjects.NAMESPACES);
        Collections.shuffle(sources, random);
        List<String> targets = new ArrayList<>(RandomObjects.NAMESPACES);
        Collections.shuffle(targets, random);
        Map<String, String> mapping = new LinkedHashMap<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            mapping.put(sources.get(i), targets.get(i));
        }
        return mapping;
    }

    private static RestoreSettings settings(RandomGraph graph, Map<String, String> namespaces) {
        PlanBuilder plan = Plan.named("graphs")
                .from(Clusters.of("old", cluster.client()))
                .to(Clusters.of("new", cluster.client()));
        namespaces.forEach(plan::namespace);
        graph.claims()
                .forEach((claim, name) -> plan.volume(claim, VolumeChoice.copy().rename(name)));
        if (graph.widgetsExcluded()) {
            plan.excludeResources("widgets.example.com");
        }
        RestoreSettings settings = RestoreSettings.of(plan.build(), "plan-uid", "migration-uid")
                .images(image -> image.replace("old.example/", "new.example/"));
        return graph.claimsAsObjects() ? settings.claimsAsObjects() : settings;
    }

    private static Map<ObjectKey, Arrived> migrate(RandomGraph graph, RestoreSettings settings) {
        Archive archive;
        try (ArchiveWriter writer = Archive.create(directory.resolve("graph.tar.gz"))) {
            graph.entries().forEach(entry -> writer.add(entry.key(), entry.captured()));
            archive = writer.finish();
        }
        Surroundings surroundings = Surroundings.of(archive);
        Preparation preparation = Preparation.of(served, settings, surroundings);
        Map<ObjectKey, Arrived> target = new HashMap<>();
        for (Set<Integer> waves : surroundings.passes()) {
            archive.forEach(key -> waves.contains(ApplyOrder.wave(key.resource())), (key, object) -> {
                Prepared prepared = preparation.prepare(key, object);
                if (prepared instanceof Prepared.Applicable ready) {
                    List<String> owners = ready.owners().stream()
                            .map(owner -> Json.text(owner, "kind") + " " + Json.text(owner, "name"))
                            .toList();
                    assertThat(target.put(ready.key(), new Arrived(ready.object(), owners)))
                            .isNull();
                } else {
                    assertThat(prepared).isInstanceOf(Prepared.Skipped.class);
                }
            });
        }
        return target;
    }

    @Test
    void prepare_anyGraphAndAnyMap_isWhatTheModelSays() {
        int objects = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Map<String, String> namespaces = namespaces(seed);
            RandomGraph graph = RandomGraph.of(seed, namespaces);
            Map<ObjectKey, Arrived> expected = new HashMap<>();
            for (RandomGraph.Entry entry : graph.entries()) {
                if (entry.expected() != null) {
                    ObjectKey key = new ObjectKey(
                            entry.key().resource(),
                            namespaces.get(entry.key().namespace()),
                            entry.key().name());
                    expected.put(key, new Arrived(entry.expected(), entry.owners()));
                }
            }

            Map<ObjectKey, Arrived> arrived = migrate(graph, settings(graph, namespaces));

            assertThat(arrived.keySet()).as("seed %s, %s", seed, namespaces).isEqualTo(expected.keySet());
            long current = seed;
            expected.forEach((key, arrival) -> assertThat(arrived.get(key))
                    .as("seed %s, %s, %s", current, key, namespaces)
                    .isEqualTo(arrival));
            objects += expected.size();
        }
        assertThat(objects).isGreaterThan(10 * SEEDS);
    }
}

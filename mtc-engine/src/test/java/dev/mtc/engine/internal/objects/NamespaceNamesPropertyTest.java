package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Random objects under random namespace maps, swaps and chains among them, against objects made for the other names at once. */
class NamespaceNamesPropertyTest {

    private static final int SEEDS = 1000;
    private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    private static Map<String, String> mapping(long seed) {
        Random random = new Random(seed);
        List<String> sources = new ArrayList<>(RandomObjects.NAMESPACES);
        Collections.shuffle(sources, random);
        List<String> targets = new ArrayList<>(RandomObjects.NAMESPACES);
        targets.addAll(List.of("new", "shop-eu2"));
        Collections.shuffle(targets, random);
        Map<String, String> mapping = new LinkedHashMap<>();
        int count = 1 + random.nextInt(sources.size() - 1);
        for (int i = 0; i < count; i++) {
            mapping.put(sources.get(i), targets.get(i));
        }
        return mapping;
    }

    private static RestoreSettings settings(Map<String, String> mapping, boolean hosts) {
        PlanBuilder plan = Plan.named("p").from(Clusters.of("old", CLIENT)).to(Clusters.of("new", CLIENT));
        mapping.forEach(plan::namespace);
        return RestoreSettings.of(
                hosts ? plan.rewriteServiceHosts().build() : plan.build(), "plan-uid", "migration-uid");
    }

    private static Draft through(RandomObjects.Made made, RestoreSettings settings) {
        Draft draft = new Draft(
                new ObjectKey(made.resource(), made.namespace(), "x"),
                TransformCase.type(made.resource(), "v1", ""),
                made.object().deepCopy());
        Surroundings nothing = Surroundings.none();
        new NamespaceNames(settings).apply(draft);
        new ServiceHosts(settings, nothing).apply(draft);
        new UnresolvedReferences(settings, nothing).apply(draft);
        return draft;
    }

    @Test
    void apply_anyObjectsAndAnyMap_becomeWhatTheyWouldBeUnderTheOtherNames() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Map<String, String> mapping = mapping(seed);
            List<String> homes = List.copyOf(mapping.keySet());
            RestoreSettings settings = settings(mapping, true);
            List<RandomObjects.Made> before = RandomObjects.of(seed, homes, name -> name);
            List<RandomObjects.Made> after = RandomObjects.of(seed, homes, name -> mapping.getOrDefault(name, name));

            for (int i = 0; i < before.size(); i++) {
                Draft draft = through(before.get(i), settings);
                assertThat(draft.object())
                        .as("seed %s, object %s, %s", seed, i, mapping)
                        .isEqualTo(after.get(i).object());
                assertThat(draft.problems().stream()
                                .filter(problem -> problem.code().equals("UnresolvedReference")))
                        .as("seed %s, object %s, %s", seed, i, mapping)
                        .isEmpty();
            }
        }
    }

    @Test
    void apply_hostsThatAreNotRewritten_areReportedEachAndStay() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Map<String, String> mapping = mapping(seed);
            RestoreSettings settings = settings(mapping, false);
            for (RandomObjects.Made made : RandomObjects.of(seed, List.copyOf(mapping.keySet()), name -> name)) {
                boolean anyRenamed = made.hosts().stream()
                        .anyMatch(name -> !mapping.getOrDefault(name, name).equals(name));
                List<Problem> reported = through(made, settings).problems();

                assertThat(!reported.isEmpty())
                        .as("seed %s, %s, %s: %s", seed, made.object(), mapping, reported)
                        .isEqualTo(anyRenamed);
            }
        }
    }
}

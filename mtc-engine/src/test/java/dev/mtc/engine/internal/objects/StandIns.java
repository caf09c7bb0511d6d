package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.Discovery;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Definitions without a schema for kinds that a cluster does not serve, told by a label from those that it has itself. */
final class StandIns {

    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String LABEL = "mtc-round-trip.example/stand-in";

    private StandIns() {}

    /** Defines the kinds of objects that a cluster does not serve. */
    static void define(CountedCluster cluster, Stream<ObjectNode> objects) {
        Discovery served = cluster.discovery();
        List<String> names = objects.map(object -> Json.text(object, "apiVersion") + "/" + Json.text(object, "kind"))
                .distinct()
                .map(kind -> kind.split("/"))
                .filter(kind -> kind.length == 3)
                .filter(kind -> served.findInAnyVersion(kind[0] + "/" + kind[1], kind[2])
                        .isEmpty())
                .map(kind -> define(cluster, kind))
                .toList();
        for (String name : names) {
            cluster.client()
                    .apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(name)
                    .waitUntilCondition(StandIns::isEstablished, 60, TimeUnit.SECONDS);
        }
    }

    private static String define(CountedCluster cluster, String[] kind) {
        String lower = kind[2].toLowerCase(Locale.ROOT);
        String plural = lower.endsWith("cy") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
        ObjectNode definition = Yaml.object(KindWithoutSchema.yaml(plural, kind[0], kind[2], kind[1]));
        definition.withObjectProperty("metadata").putObject("labels").put(LABEL, "true");
        cluster.server().create(DEFINITIONS, definition);
        return plural + "." + kind[0];
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** Removes what was defined, by this process or one before. */
    static void remove(CountedCluster cluster) {
        var definitions = cluster.client().apiextensions().v1().customResourceDefinitions();
        List<CustomResourceDefinition> made =
                definitions.withLabel(LABEL).list().getItems();
        made.forEach(definition -> definitions.resource(definition).delete());
        made.forEach(definition ->
                definitions.resource(definition).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS));
    }
}

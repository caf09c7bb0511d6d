package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes Deployments of OpenShift's DeploymentConfigs and names what a Deployment cannot do. */
final class DeploymentConfigs implements BuiltInTransform {

    static final String RESOURCE = "deploymentconfigs.apps.openshift.io";

    private static final String TRIGGERS = "image.openshift.io/triggers";
    private static final List<String> SAME = List.of("replicas", "revisionHistoryLimit", "minReadySeconds", "paused");

    private final RestoreSettings settings;
    private final Surroundings surroundings;

    DeploymentConfigs(RestoreSettings settings, Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "deployment configs";
    }

    @Override
    public void apply(Draft draft) {
        boolean isConverted = settings.plan().convertsDeploymentConfigs()
                && draft.source().resource().equals(RESOURCE);
        if (!isConverted) {
            return;
        }
        String name = draft.source().name();
        if (surroundings.hasWorkload(draft.source().namespace(), "Deployment", name)) {
            draft.fail(
                    "NameTaken",
                    "it cannot become a Deployment, since its namespace has one named " + name + " already",
                    "rename or exclude one of the two, or migrate it as DeploymentConfig");
            return;
        }
        ObjectNode config = draft.object();
        ObjectNode deployment = Json.newObject().put("apiVersion", "apps/v1").put("kind", "Deployment");
        deployment.set("metadata", draft.metadata());
        deployment.set("spec", spec(draft, config.withObjectProperty("spec")));
        draft.replace(deployment);
        triggers(draft, Json.objects(config.path("spec").path("triggers")));
    }

    private static ObjectNode spec(Draft draft, ObjectNode config) {
        ObjectNode spec = Json.newObject();
        SAME.stream().filter(config::has).forEach(field -> spec.set(field, config.get(field)));
        ObjectNode template = config.withObjectProperty("template");
        JsonNode selector =
                config.path("selector").isEmpty() ? template.path("metadata").path("labels") : config.path("selector");
        spec.putObject("selector").set("matchLabels", selector.deepCopy());
        spec.set("template", template);
        if (config.path("test").asBoolean()) {
            spec.put("replicas", 0);
            loses(draft, "test", "scales to 0 replicas between rollouts, so it has 0 now");
        }
        strategy(draft, config.path("strategy"), spec);
        return spec;
    }

    private static void strategy(Draft draft, JsonNode strategy, ObjectNode spec) {
        String type = Json.text(strategy, "type");
        JsonNode rolling = strategy.path("rollingParams");
        JsonNode parameters = type.equals("Recreate") ? strategy.path("recreateParams") : rolling;
        ObjectNode made = spec.putObject("strategy");
        made.put("type", type.equals("Recreate") ? "Recreate" : "RollingUpdate");
        for (String limit : List.of("maxSurge", "maxUnavailable")) {
            if (!type.equals("Recreate") && rolling.has(limit)) {
                made.withObjectProperty("rollingUpdate").set(limit, rolling.get(limit));
            }
        }
        int timeout = parameters.path("timeoutSeconds").asInt();
        int minReady = spec.path("minReadySeconds").asInt();
        if (timeout > minReady) {
            spec.put("progressDeadlineSeconds", timeout);
        }
        for (String hook : List.of("pre", "mid", "post")) {
            if (parameters.has(hook)) {
                loses(draft, "strategy." + hook, "runs a lifecycle hook");
            }
        }
        if (type.equals("Custom")) {
            loses(draft, "strategy.customParams", "rolls out with an image of its own");
        }
    }

    /** A Deployment follows image streams by an annotation, which servers without image streams do not heed. */
    private static void triggers(Draft draft, List<ObjectNode> triggers) {
        ArrayNode annotation = Json.newObject().arrayNode();
        for (ObjectNode trigger : triggers) {
            Json.object(trigger, "imageChangeParams")
                    .ifPresent(change -> follow(draft, change).forEach(annotation::add));
        }
        boolean rollsOut =
                triggers.stream().anyMatch(trigger -> Json.text(trigger, "type").equals("ConfigChange"));
        if (!rollsOut && !triggers.isEmpty()) {
            loses(draft, "triggers", "is not rolled out by a change of its template, but a Deployment is");
        }
        if (!annotation.isEmpty()) {
            draft.metadata().withObjectProperty("annotations").put(TRIGGERS, annotation.toString());
        }
    }

    private static List<ObjectNode> follow(Draft draft, ObjectNode change) {
        String seen = Json.text(change, "lastTriggeredImage");
        return Json.objects(Json.at(draft.spec(), "template", "spec", "containers")).stream()
                .filter(container -> isNamed(change, Json.text(container, "name")))
                .map(container -> {
                    fill(container, seen);
                    return trigger(change, Json.text(container, "name"));
                })
                .toList();
    }

    private static boolean isNamed(ObjectNode change, String container) {
        return change.path("containerNames").valueStream().anyMatch(name -> name.asText()
                .equals(container));
    }

    /** Templates leave the image of a followed stream blank. */
    private static void fill(ObjectNode container, String seen) {
        if (Json.text(container, "image").isBlank() && !seen.isEmpty()) {
            container.put("image", seen);
        }
    }

    private static ObjectNode trigger(ObjectNode change, String container) {
        ObjectNode trigger = Json.newObject();
        trigger.set("from", change.path("from").deepCopy());
        trigger.put("fieldPath", "spec.template.spec.containers[?(@.name==\"" + container + "\")].image");
        boolean isAutomatic = change.path("automatic").asBoolean();
        if (!isAutomatic) {
            trigger.put("paused", true);
        }
        return trigger;
    }

    private static void loses(Draft draft, String field, String what) {
        draft.warn(
                "DeploymentConfigOnly",
                "its spec." + field + " " + what + ", which a Deployment cannot do",
                "do that otherwise on the target, for example with a Job or in the pipeline");
    }
}

package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Registry;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Secret with which migrated pods pull from the target's registry, if the plan gives credentials for that. */
public final class PullSecret {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PURPOSE = "with it pods pull images from the target's registry";

    private PullSecret() {}

    /** {@return its name in every target namespace, empty if the plan wants none} */
    public static Optional<String> name(Plan plan) {
        return plan.to()
                .registry()
                .filter(registry -> registry.pullUser().isPresent())
                .map(registry ->
                        "pull-" + registry.host().replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
    }

    /** Makes or renews it in every target namespace; {@return what became of each} */
    public static List<ItemOutcome> ensure(Plan plan, ApiServer target, Map<String, String> labels) {
        List<ItemOutcome> outcomes = new ArrayList<>();
        for (Wanted wanted : wanted(plan, target, labels)) {
            if (wanted.action() != ItemOutcome.Action.UNCHANGED) {
                target.apply(wanted.path(), wanted.secret());
            }
            outcomes.add(new ItemOutcome("object", wanted.name(), wanted.action(), 0, 0, PURPOSE, null));
        }
        return outcomes;
    }

    /** {@return what {@link #ensure} would do} */
    public static List<Preview.Action> preview(Plan plan, ApiServer target) {
        return wanted(plan, target, Map.of()).stream()
                .map(wanted -> Preview.Action.of(wanted.verb(), "object", wanted.name(), PURPOSE))
                .toList();
    }

    /** A Secret and what has to be done for it. */
    private record Wanted(String name, String path, ObjectNode secret, ItemOutcome.Action action) {
        Preview.Verb verb() {
            return switch (action) {
                case CREATED -> Preview.Verb.CREATE;
                case UPDATED -> Preview.Verb.UPDATE;
                default -> Preview.Verb.UNCHANGED;
            };
        }
    }

    private static List<Wanted> wanted(Plan plan, ApiServer target, Map<String, String> labels) {
        Optional<String> name = name(plan);
        if (name.isEmpty()) {
            return List.of();
        }
        ObjectNode secret = secret(plan.to().registry().orElseThrow(), name.get(), labels);
        List<Wanted> wanted = new ArrayList<>();
        for (NamespaceMapping mapping : plan.namespaces()) {
            String path = "/api/v1/namespaces/" + mapping.target() + "/secrets/" + name.get();
            Optional<ObjectNode> there = target.find(path);
            ItemOutcome.Action action = there.isEmpty()
                    ? ItemOutcome.Action.CREATED
                    : there.get().path("data").equals(secret.path("data"))
                            ? ItemOutcome.Action.UNCHANGED
                            : ItemOutcome.Action.UPDATED;
            wanted.add(new Wanted("secrets " + mapping.target() + "/" + name.get(), path, secret, action));
        }
        return wanted;
    }

    private static ObjectNode secret(Registry registry, String name, Map<String, String> labels) {
        String user = registry.pullUser().orElseThrow();
        String password = registry.pullPassword().orElseThrow().reveal();
        ObjectNode config = JSON.createObjectNode();
        config.putObject("auths")
                .putObject(registry.host())
                .put("username", user)
                .put("password", password)
                .put("auth", base64(user + ":" + password));
        ObjectNode secret = JSON.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("type", "kubernetes.io/dockerconfigjson");
        ObjectNode metadata = secret.putObject("metadata").put("name", name);
        ObjectNode secretLabels = metadata.putObject("labels");
        labels.forEach(secretLabels::put);
        secret.putObject("data").put(".dockerconfigjson", base64(config.toString()));
        return secret;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Registry;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The Secret with which migrated pods pull from the target's registry, if the plan gives credentials for that. */
public final class PullSecret {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PullSecret() {}

    /** {@return its name in every target namespace, empty if the plan wants none} */
    public static Optional<String> name(Plan plan) {
        return plan.to()
                .registry()
                .filter(registry -> registry.pullUser().isPresent())
                .map(registry ->
                        "pull-" + registry.host().replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
    }

    /** Makes or renews it in every target namespace. */
    public static void ensure(Plan plan, ApiServer target, Map<String, String> labels) {
        Optional<String> name = name(plan);
        if (name.isEmpty()) {
            return;
        }
        ObjectNode secret = secret(plan.to().registry().orElseThrow(), name.get(), labels);
        for (NamespaceMapping mapping : plan.namespaces()) {
            target.apply("/api/v1/namespaces/" + mapping.target() + "/secrets/" + name.get(), secret);
        }
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

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Objects that refer to namespaces in every way that is followed, and use the same words where they mean something else. The same seed
 * gives the same objects; only the namespaces that references name go through a function. So the objects for the names of the target are
 * what the objects for the names of the source have to become.
 */
final class RandomObjects {

    static final List<String> NAMESPACES = List.of("a", "ab", "b", "shop", "shop-eu", "eu", "svc", "default");

    private final Random random;
    private final UnaryOperator<String> names;
    private final List<String> hosts = new ArrayList<>();

    private RandomObjects(long seed, UnaryOperator<String> names) {
        this.random = new Random(seed);
        this.names = names;
    }

    /**
     * A graph of objects.
     *
     * @param resource kind
     * @param object the object
     * @param hosts the namespaces of the service hosts that stand in its texts, as on the source
     */
    record Made(String resource, String namespace, ObjectNode object, List<String> hosts) {}

    static List<Made> of(long seed, List<String> homes, UnaryOperator<String> names) {
        RandomObjects objects = new RandomObjects(seed, names);
        List<Made> made = new ArrayList<>();
        int count = 1 + objects.random.nextInt(6);
        for (int i = 0; i < count; i++) {
            made.add(objects.any(homes.get(objects.random.nextInt(homes.size()))));
        }
        return made;
    }

    private Made any(String home) {
        hosts.clear();
        ObjectNode object = Json.newObject();
        ObjectNode metadata = object.putObject("metadata").put("name", "x").put("namespace", names.apply(home));
        decoys(metadata.putObject("labels"));
        ObjectNode spec = object.putObject("spec");
        String resource =
                switch (random.nextInt(8)) {
                    case 0 -> binding(object);
                    case 1 -> role(object);
                    case 2 -> policy(spec);
                    case 3 -> workload(metadata, spec);
                    case 4 -> configMap(object);
                    case 5 -> secret(object);
                    case 6 -> webhook(object);
                    default -> custom(spec, 0);
                };
        return new Made(resource, home, object, List.copyOf(hosts));
    }

    private String any() {
        return NAMESPACES.get(random.nextInt(NAMESPACES.size()));
    }

    private String reference() {
        return names.apply(any());
    }

    private String host() {
        String namespace = any();
        hosts.add(namespace);
        String tail =
                List.of("", ".cluster.local", ":8080/" + namespace, "/x.svc").get(random.nextInt(4));
        return "web." + names.apply(namespace) + ".svc" + tail;
    }

    private String text() {
        return switch (random.nextInt(4)) {
            case 0 -> any();
            case 1 -> "https://" + host();
            case 2 -> host() + "," + host();
            default -> "web." + any() + ".svcs or " + any() + ".svc or www." + any() + ".example.com";
        };
    }

    /** The same words where they mean nothing of the kind. */
    private void decoys(ObjectNode labels) {
        labels.put("namespace", any()).put("name", any()).put("kubernetes.io/metadata.name", any());
    }

    private String binding(ObjectNode object) {
        ArrayNode subjects = object.putArray("subjects");
        for (int i = random.nextInt(4); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 ->
                    subjects.addObject()
                            .put("kind", "ServiceAccount")
                            .put("name", any())
                            .put("namespace", reference());
                case 1 ->
                    subjects.addObject()
                            .put("kind", "User")
                            .put("name", "system:serviceaccount:" + reference() + ":" + any());
                case 2 ->
                    subjects.addObject().put("kind", "Group").put("name", "system:serviceaccounts:" + reference());
                default -> subjects.addObject().put("kind", "User").put("name", any());
            }
        }
        return "rolebindings.rbac.authorization.k8s.io";
    }

    private String role(ObjectNode object) {
        ArrayNode rules = object.putArray("rules");
        boolean ofNamespaces = random.nextBoolean();
        ObjectNode rule = rules.addObject();
        rule.putArray("resources").add(ofNamespaces ? "namespaces" : "secrets");
        rule.putArray("resourceNames").add(ofNamespaces ? reference() : any());
        return "roles.rbac.authorization.k8s.io";
    }

    private String policy(ObjectNode spec) {
        ObjectNode peer = spec.putArray("ingress").addObject().putArray("from").addObject();
        decoys(peer.putObject("podSelector").putObject("matchLabels"));
        selector(peer.putObject("namespaceSelector"));
        return "networkpolicies.networking.k8s.io";
    }

    private void selector(ObjectNode selector) {
        if (random.nextBoolean()) {
            selector.putObject("matchLabels")
                    .put("kubernetes.io/metadata.name", reference())
                    .put("team", any());
        } else {
            ArrayNode expressions = selector.putArray("matchExpressions");
            expressions
                    .addObject()
                    .put("key", "name")
                    .putArray("values")
                    .add(reference())
                    .add(reference());
            expressions.addObject().put("key", "team").putArray("values").add(any());
        }
    }

    private String workload(ObjectNode metadata, ObjectNode spec) {
        ObjectNode trigger = Json.newObject();
        trigger.putObject("from")
                .put("kind", "ImageStreamTag")
                .put("name", "a:1")
                .put("namespace", reference());
        metadata.putObject("annotations")
                .put("image.openshift.io/triggers", "[" + trigger + "]")
                .put("nginx.ingress.kubernetes.io/auth-secret", reference() + "/" + any())
                .put("note", any() + "/" + any());
        ObjectNode pod = spec.putObject("template").putObject("spec");
        ObjectNode term = pod.putObject("affinity").putArray("terms").addObject();
        term.put("topologyKey", "zone").putArray("namespaces").add(reference()).add(reference());
        selector(term.putObject("namespaceSelector"));
        decoys(term.putObject("labelSelector").putObject("matchLabels"));
        ObjectNode container = pod.putArray("containers").addObject().put("name", any());
        container.putArray("args").add(text()).add(text());
        container.putArray("env").addObject().put("name", "URL").put("value", text());
        return "deployments.apps";
    }

    private String configMap(ObjectNode object) {
        ObjectNode data = object.putObject("data");
        decoys(data);
        data.put("url", text());
        return "configmaps";
    }

    private String secret(ObjectNode object) {
        String plain = text();
        object.putObject("data")
                .put("url", Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)))
                .put("namespace", "//8=");
        return "secrets";
    }

    private String webhook(ObjectNode object) {
        ObjectNode hook = object.putArray("webhooks").addObject().put("name", any());
        hook.putObject("clientConfig").putObject("service").put("name", any()).put("namespace", reference());
        selector(hook.putObject("namespaceSelector"));
        return "mutatingwebhookconfigurations.admissionregistration.k8s.io";
    }

    private String custom(ObjectNode node, int depth) {
        node.putObject("ref").put("name", any()).put("namespace", reference());
        decoys(node.putObject("selector"));
        node.put("name", any());
        node.put("text", text());
        if (depth < 3 && random.nextBoolean()) {
            custom(node.putArray("parts").addObject(), depth + 1);
        }
        return "widgets.example.com";
    }
}

package dev.mtc.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Changes the domain of the hosts under which Routes, Ingresses and Gateway API objects are reached. */
record HostRewrite(String from, String to) {

    /** Kinds with hosts. */
    private static final List<String> RESOURCES = List.of(
            "routes.route.openshift.io",
            "ingresses.networking.k8s.io",
            "gateways.gateway.networking.k8s.io",
            "httproutes.gateway.networking.k8s.io",
            "grpcroutes.gateway.networking.k8s.io",
            "tlsroutes.gateway.networking.k8s.io");

    private static final List<String> FIELDS = List.of("host", "hosts", "hostname", "hostnames");

    static HostRewrite of(String from, String to) {
        return new HostRewrite(domain(from), domain(to));
    }

    Transform transform() {
        return Transform.of("hosts " + from + " -> " + to, this::apply).onlyFor(RESOURCES.toArray(String[]::new));
    }

    private static String domain(String text) {
        String domain = Objects.requireNonNull(text, "domain").strip();
        if (!Names.isSubdomain(domain)) {
            throw new IllegalArgumentException("'" + text + "' is not a domain; write it as apps.old.example");
        }
        return domain;
    }

    private GenericKubernetesResource apply(GenericKubernetesResource object) {
        Object spec = object.getAdditionalProperties().get("spec");
        if (spec != null) {
            rewriteBelow(spec);
        }
        return object;
    }

    @SuppressWarnings("unchecked")
    private void rewriteBelow(Object node) {
        if (node instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).replaceAll((key, value) -> {
                if (FIELDS.contains(key)) {
                    return rewritten(value);
                }
                rewriteBelow(value);
                return value;
            });
        } else if (node instanceof List<?> list) {
            list.forEach(this::rewriteBelow);
        }
    }

    private Object rewritten(Object value) {
        if (value instanceof List<?> hosts) {
            return hosts.stream().map(this::rewritten).toList();
        }
        boolean isInDomain = value instanceof String host && (host.equals(from) || host.endsWith("." + from));
        return isInDomain ? value.toString().substring(0, value.toString().length() - from.length()) + to : value;
    }
}

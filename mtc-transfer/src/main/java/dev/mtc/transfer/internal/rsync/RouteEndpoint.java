package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.EndpointChoice;
import dev.mtc.transfer.internal.pods.Absent;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A passthrough Route of OpenShift: the router reads the host's name from the TLS handshake and nothing else.
 *
 * @param service the Service that it leads to
 */
record RouteEndpoint(ReceiverService service) implements Endpoint {

    private static final String GROUP = "route.openshift.io";
    private static final int ROUTER_PORT = 443;
    private static final int LONGEST_LABEL = 63;

    private static final ResourceDefinitionContext ROUTES = new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion("v1")
            .withKind("Route")
            .withPlural("routes")
            .withNamespaced(true)
            .build();

    private static final ResourceDefinitionContext INGRESSES = new ResourceDefinitionContext.Builder()
            .withGroup("config.openshift.io")
            .withVersion("v1")
            .withKind("Ingress")
            .withPlural("ingresses")
            .withNamespaced(false)
            .build();

    /** {@return whether the target has Routes} */
    static boolean isOffered(Site site) {
        return site.target().hasApiGroup(GROUP, true);
    }

    @Override
    public EndpointChoice kind() {
        return EndpointChoice.ROUTE;
    }

    @Override
    public void open() {
        service.open();
        if (resource().get() == null) {
            Absent.create(site().target()
                    .genericKubernetesResources(ROUTES)
                    .inNamespace(site().namespace())
                    .resource(manifest()));
        }
    }

    private GenericKubernetesResource manifest() {
        Map<String, Object> spec = new HashMap<>();
        spec.put("to", Map.of("kind", "Service", "name", site().name(), "weight", 100));
        spec.put("port", Map.of("targetPort", "tls"));
        spec.put("tls", Map.of("termination", "passthrough", "insecureEdgeTerminationPolicy", "None"));
        host().ifPresent(host -> spec.put("host", host));
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(GROUP + "/v1")
                .withKind("Route")
                .withNewMetadata()
                .withName(site().name())
                .withNamespace(site().namespace())
                .withLabels(site().labels())
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    /** The router makes a name of those of Route and namespace; one that DNS cannot hold is replaced by the Route's, which is unique. */
    private Optional<String> host() {
        boolean fits = (site().name() + "-" + site().namespace()).length() <= LONGEST_LABEL;
        return fits ? Optional.empty() : domain().map(domain -> site().name() + "." + domain);
    }

    private Optional<String> domain() {
        try {
            GenericKubernetesResource ingress = site().target()
                    .genericKubernetesResources(INGRESSES)
                    .withName("cluster")
                    .get();
            return Optional.ofNullable(ingress).map(found -> found.<String>get("spec", "domain"));
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<Address> address(Pod receiver) {
        List<Map<String, Object>> routers = Optional.ofNullable(resource().get())
                .map(route -> route.<List<Map<String, Object>>>get("status", "ingress"))
                .orElse(List.of());
        return routers.stream()
                .filter(RouteEndpoint::isAdmitted)
                .map(router -> String.valueOf(router.get("host")))
                .findFirst()
                .map(host -> new Address(kind(), host, ROUTER_PORT));
    }

    private static boolean isAdmitted(Map<String, Object> router) {
        return router.get("conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(condition -> condition instanceof Map<?, ?> fields
                                && "Admitted".equals(fields.get("type"))
                                && "True".equals(fields.get("status")));
    }

    @Override
    public String requirement() {
        return "let a router of the target admit Routes of namespace " + site().namespace()
                + ", and pods of the source reach it (TCP " + ROUTER_PORT + ")";
    }

    @Override
    public boolean close() {
        boolean gone = !isOffered(site()) || resource().delete().isEmpty();
        return service.close() && gone;
    }

    private Site site() {
        return service.site();
    }

    private Resource<GenericKubernetesResource> resource() {
        return site().target()
                .genericKubernetesResources(ROUTES)
                .inNamespace(site().namespace())
                .withName(site().name());
    }
}

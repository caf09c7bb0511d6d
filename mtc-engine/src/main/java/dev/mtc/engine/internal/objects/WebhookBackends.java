package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether the services that webhooks call have ready pods on the target. Used by one thread. */
final class WebhookBackends {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ApiServer target;
    private final Consumer<Duration> pause;
    private Duration waited = Duration.ZERO;

    /**
     * Knows the services of a cluster.
     *
     * @param pause waits, and throws if the work is to be stopped
     */
    WebhookBackends(ApiServer target, Consumer<Duration> pause) {
        this.target = target;
        this.pause = pause;
    }

    /**
     * Waits until the services behind a configuration's webhooks are ready, for two minutes altogether over all configurations. A webhook
     * that is ignored when it does not answer does no harm and is not waited for.
     *
     * @return the services that are not ready, as namespace/name
     */
    List<String> awaitReady(ObjectNode configuration) {
        List<Service> services = Json.objects(configuration.path("webhooks")).stream()
                .filter(webhook -> !Json.text(webhook, "failurePolicy").equals("Ignore"))
                .flatMap(webhook -> Json.object(webhook, "clientConfig", "service").stream())
                .map(service -> new Service(Json.text(service, "namespace"), Json.text(service, "name")))
                .distinct()
                .toList();
        List<Service> unready = unready(services);
        while (!unready.isEmpty() && waited.compareTo(PATIENCE) < 0) {
            pause.accept(PAUSE);
            waited = waited.plus(PAUSE);
            unready = unready(unready);
        }
        return unready.stream().map(Service::toString).toList();
    }

    private List<Service> unready(List<Service> services) {
        return services.stream().filter(service -> !isReady(service)).toList();
    }

    private boolean isReady(Service service) {
        Optional<ObjectNode> endpoints =
                target.find("/api/v1/namespaces/" + service.namespace() + "/endpoints/" + service.name());
        return endpoints.stream()
                .flatMap(found -> Json.objects(found.path("subsets")).stream())
                .anyMatch(subset -> !subset.path("addresses").isEmpty());
    }

    private record Service(String namespace, String name) {
        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }
}

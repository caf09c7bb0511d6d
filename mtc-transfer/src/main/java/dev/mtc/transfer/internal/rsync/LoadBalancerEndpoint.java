package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.EndpointChoice;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Optional;

/**
 * A Service of type LoadBalancer.
 *
 * @param service the Service
 */
record LoadBalancerEndpoint(ReceiverService service) implements Endpoint {

    @Override
    public EndpointChoice kind() {
        return EndpointChoice.LOAD_BALANCER;
    }

    @Override
    public void open() {
        service.open();
    }

    @Override
    public Optional<Address> address(Pod receiver) {
        return service.find().flatMap(LoadBalancerEndpoint::host).map(host -> new Address(kind(), host, RECEIVER_PORT));
    }

    private static Optional<String> host(Service service) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
            return Optional.empty();
        }
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .findFirst()
                .map(LoadBalancerEndpoint::address);
    }

    private static String address(LoadBalancerIngress ingress) {
        return ingress.getIp() == null || ingress.getIp().isEmpty() ? ingress.getHostname() : ingress.getIp();
    }

    @Override
    public String requirement() {
        return "let the target give Services of type LoadBalancer an address that pods of the source reach (TCP "
                + RECEIVER_PORT + ")";
    }

    @Override
    public boolean close() {
        return service.close();
    }
}

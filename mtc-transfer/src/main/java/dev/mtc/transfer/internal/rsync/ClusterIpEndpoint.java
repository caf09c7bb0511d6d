package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.EndpointChoice;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * An address inside the target: the Service's where both sides are one cluster, since only there it means anything; else the
 * receiver's own, which a flat network carries.
 *
 * @param service the Service
 */
record ClusterIpEndpoint(ReceiverService service) implements Endpoint {

    @Override
    public EndpointChoice kind() {
        return EndpointChoice.CLUSTER_IP;
    }

    @Override
    public void open() {
        service.open();
    }

    @Override
    public Optional<Address> address(Pod receiver) {
        Optional<String> host = service.site().isOneCluster()
                ? service.find()
                        .flatMap(found -> Optional.ofNullable(found.getSpec().getClusterIP()))
                : Optional.ofNullable(receiver.getStatus().getPodIP());
        return host.filter(address -> !address.isEmpty() && !"None".equals(address))
                .map(address -> new Address(kind(), address, RECEIVER_PORT));
    }

    @Override
    public String requirement() {
        return "let pods of the source cluster reach pods of the target (TCP " + RECEIVER_PORT + ")";
    }

    @Override
    public boolean close() {
        return service.close();
    }
}

package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.EndpointChoice;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * A Service of type NodePort on the node that runs the receiver.
 *
 * @param service the Service
 */
record NodePortEndpoint(ReceiverService service) implements Endpoint {

    @Override
    public EndpointChoice kind() {
        return EndpointChoice.NODE_PORT;
    }

    @Override
    public void open() {
        service.open();
    }

    @Override
    public Optional<Address> address(Pod receiver) {
        return service.find().flatMap(NodePortEndpoint::port).flatMap(port -> host(receiver)
                .map(host -> new Address(kind(), host, port)));
    }

    private static Optional<Integer> port(Service service) {
        return service.getSpec().getPorts().stream()
                .findFirst()
                .flatMap(port -> Optional.ofNullable(port.getNodePort()))
                .filter(port -> port != 0);
    }

    private Optional<String> host(Pod receiver) {
        Optional<Node> node = node(receiver.getSpec().getNodeName());
        return node.flatMap(n -> nodeAddress(n, "ExternalIP"))
                .or(() -> node.flatMap(n -> nodeAddress(n, "InternalIP")))
                .or(() -> Optional.ofNullable(receiver.getStatus().getHostIP()));
    }

    /** Users of single namespaces may not read nodes; the pod's status tells the internal address too. */
    private Optional<Node> node(String name) {
        try {
            return Optional.ofNullable(
                    service.site().target().nodes().withName(name).get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<String> nodeAddress(Node node, String type) {
        return node.getStatus().getAddresses().stream()
                .filter(address -> type.equals(address.getType()))
                .map(NodeAddress::getAddress)
                .findFirst();
    }

    @Override
    public String requirement() {
        return "let pods of the source cluster reach the node ports (TCP 30000-32767) of the target's nodes";
    }

    @Override
    public boolean close() {
        return service.close();
    }
}

package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.Absent;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/** A Service of type NodePort on the node that runs the receiver. */
final class NodePortEndpoint implements Endpoint {

    static final int RECEIVER_PORT = 6443;

    private final KubernetesClient client;
    private final String namespace;
    private final TransferId id;
    private final Map<String, String> labels;

    NodePortEndpoint(KubernetesClient client, String namespace, TransferId id, Map<String, String> labels) {
        this.client = client;
        this.namespace = namespace;
        this.id = id;
        this.labels = labels;
    }

    @Override
    public void open() {
        if (service() == null) {
            Absent.create(client.services().inNamespace(namespace).resource(manifest()));
        }
    }

    private Service manifest() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(id.name(Role.RECEIVER))
                .withNamespace(namespace)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .withSelector(id.labels(Role.RECEIVER))
                .addNewPort()
                .withName("tls")
                .withProtocol("TCP")
                .withPort(RECEIVER_PORT)
                .withTargetPort(new IntOrString(RECEIVER_PORT))
                .endPort()
                .endSpec()
                .build();
    }

    @Override
    public Optional<Address> address(Pod receiver) {
        Service service = service();
        if (service == null || service.getSpec().getPorts().isEmpty()) {
            return Optional.empty();
        }
        Integer port = service.getSpec().getPorts().get(0).getNodePort();
        return port == null || port == 0 ? Optional.empty() : host(receiver).map(host -> new Address(host, port));
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
            return Optional.ofNullable(client.nodes().withName(name).get());
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
        return client.services()
                .inNamespace(namespace)
                .withName(id.name(Role.RECEIVER))
                .delete()
                .isEmpty();
    }

    private Service service() {
        return client.services()
                .inNamespace(namespace)
                .withName(id.name(Role.RECEIVER))
                .get();
    }
}

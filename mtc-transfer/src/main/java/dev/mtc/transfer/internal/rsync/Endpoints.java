package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.Remedy;
import dev.mtc.api.TransferException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ways that a sender may try, in the order in which it should.
 *
 * @param choice what the plan says
 * @param site where they are made
 */
record Endpoints(EndpointChoice choice, Site site) {

    /**
     * Makes what they need, if it is not there.
     *
     * @throws TransferException if the target cannot have the one that was chosen
     */
    void open() {
        if (choice == EndpointChoice.ROUTE && !RouteEndpoint.isOffered(site)) {
            throw new TransferException(
                    Remedy.FIX_INPUT,
                    "volumeEndpoint is ROUTE, but the target cluster has no Routes (route.openshift.io); choose AUTO,"
                            + " NODE_PORT, LOAD_BALANCER or TUNNEL",
                    null);
        }
        for (Endpoint endpoint : all()) {
            open(endpoint);
        }
    }

    /** Of several ways those do that the account may make. */
    private void open(Endpoint endpoint) {
        try {
            endpoint.open();
        } catch (KubernetesClientException e) {
            if (choice != EndpointChoice.AUTO || e.getCode() != 403) {
                throw e;
            }
        }
    }

    /** {@return the addresses that are known} */
    List<Endpoint.Address> addresses(Pod receiver) {
        return all().stream()
                .map(endpoint -> endpoint.address(receiver))
                .flatMap(Optional::stream)
                .toList();
    }

    /** {@return what must be open, for people} */
    String requirement() {
        return all().stream().map(Endpoint::requirement).collect(Collectors.joining(", or "));
    }

    /** Removes what was made; {@return whether nothing was there} */
    boolean close() {
        boolean gone = true;
        for (Endpoint endpoint : all()) {
            gone &= endpoint.close();
        }
        return gone;
    }

    private List<Endpoint> all() {
        return switch (choice) {
            case AUTO -> automatic();
            case ROUTE -> List.of(new RouteEndpoint(new ReceiverService(site, "ClusterIP")));
            case LOAD_BALANCER -> List.of(new LoadBalancerEndpoint(new ReceiverService(site, "LoadBalancer")));
            case NODE_PORT -> List.of(new NodePortEndpoint(new ReceiverService(site, "NodePort")));
            case CLUSTER_IP -> List.of(new ClusterIpEndpoint(new ReceiverService(site, "ClusterIP")));
            case TUNNEL -> List.of(new TunnelEndpoint());
        };
    }

    /** One Service of type NodePort has an address inside the cluster, too. */
    private List<Endpoint> automatic() {
        ReceiverService service = new ReceiverService(site, "NodePort");
        List<Endpoint> found = new ArrayList<>();
        found.add(new NodePortEndpoint(service));
        if (RouteEndpoint.isOffered(site)) {
            found.add(new RouteEndpoint(service));
        }
        found.add(site.isOneCluster() ? 0 : found.size(), new ClusterIpEndpoint(service));
        found.add(new TunnelEndpoint());
        return found;
    }
}

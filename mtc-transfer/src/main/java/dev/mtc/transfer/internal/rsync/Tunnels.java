package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.TransferId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The tunnels of this process. Thread-safe. */
final class Tunnels {

    /** Says in the pods whose tunnel it is; that of a later process takes the place of an earlier one's. */
    private final String owner = UUID.randomUUID().toString();

    private final Map<TransferId, Tunnel> open = new HashMap<>();

    /**
     * Opens a transfer's tunnel between two pods, or mends it.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if an API server forbids it
     */
    void hold(TransferId id, Tunnel.End sender, Tunnel.End receiver) {
        Tunnel tunnel;
        synchronized (open) {
            tunnel = open.get(id);
            if (tunnel == null || !tunnel.joins(sender, receiver)) {
                if (tunnel != null) {
                    tunnel.close();
                }
                tunnel = new Tunnel(owner, id.hash(), sender, receiver);
                open.put(id, tunnel);
            }
        }
        tunnel.await();
    }

    /** Closes a transfer's tunnel, if there is one. */
    void drop(TransferId id) {
        Tunnel tunnel;
        synchronized (open) {
            tunnel = open.remove(id);
        }
        if (tunnel != null) {
            tunnel.close();
        }
    }
}

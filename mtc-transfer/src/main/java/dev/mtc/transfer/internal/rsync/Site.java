package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/**
 * Where a transfer's endpoints are made.
 *
 * @param source the cluster of the sender
 * @param target the cluster of the receiver
 * @param namespace the receiver's namespace
 * @param id the transfer
 * @param labels of everything on the target
 */
record Site(
        KubernetesClient source, KubernetesClient target, String namespace, TransferId id, Map<String, String> labels) {

    /** {@return whether both sides are the same cluster} */
    boolean isOneCluster() {
        Optional<String> uid = clusterUid(source);
        return uid.isPresent()
                ? uid.equals(clusterUid(target))
                : source.getMasterUrl().equals(target.getMasterUrl());
    }

    /** Users of single namespaces may not read others. */
    private static Optional<String> clusterUid(KubernetesClient client) {
        try {
            Namespace system = client.namespaces().withName("kube-system").get();
            return Optional.ofNullable(system).map(found -> found.getMetadata().getUid());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** {@return the name of what is made} */
    String name() {
        return id.name(Role.RECEIVER);
    }
}

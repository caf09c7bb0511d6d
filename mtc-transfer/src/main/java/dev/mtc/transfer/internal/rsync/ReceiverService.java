package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.Absent;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.util.Optional;

/**
 * The Service of the receiver. It leads to pods that are not called ready yet, since old kubelets do that late; senders are made
 * for receivers that listen.
 *
 * @param site where it is
 * @param type its type
 */
record ReceiverService(Site site, String type) {

    /** Makes it, if it is not there. */
    void open() {
        if (find().isEmpty()) {
            Absent.create(site.target().services().inNamespace(site.namespace()).resource(manifest()));
        }
    }

    Optional<Service> find() {
        return Optional.ofNullable(resource().get());
    }

    /** Removes it; {@return whether it was not there} */
    boolean close() {
        return resource().delete().isEmpty();
    }

    private ServiceResource<Service> resource() {
        return site.target().services().inNamespace(site.namespace()).withName(site.name());
    }

    private Service manifest() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(site.name())
                .withNamespace(site.namespace())
                .withLabels(site.labels())
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .withPublishNotReadyAddresses(true)
                .withSelector(site.id().labels(Role.RECEIVER))
                .addNewPort()
                .withName("tls")
                .withProtocol("TCP")
                .withPort(Endpoint.RECEIVER_PORT)
                .withTargetPort(new IntOrString(Endpoint.RECEIVER_PORT))
                .endPort()
                .endSpec()
                .build();
    }
}

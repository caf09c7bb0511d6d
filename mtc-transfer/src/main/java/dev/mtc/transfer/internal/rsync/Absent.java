package dev.mtc.transfer.internal.rsync;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;

/** Creates what is absent; that another thread or process was faster is as good. */
final class Absent {

    private Absent() {}

    static void create(Resource<?> resource) {
        try {
            resource.create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
        }
    }
}

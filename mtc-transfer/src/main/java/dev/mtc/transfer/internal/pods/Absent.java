package dev.mtc.transfer.internal.pods;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;

/** Creates what is absent; that another thread or process was faster is as good. */
public final class Absent {

    private Absent() {}

    public static void create(Resource<?> resource) {
        try {
            resource.create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
        }
    }
}

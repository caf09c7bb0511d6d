package dev.mtc.engine.internal.move;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.util.List;

/** To which nodes of a cluster a volume is attached. Storage that is only mounted, such as NFS, is never attached. */
final class Attachments {

    private static final String COLLECTION = "/apis/storage.k8s.io/v1/volumeattachments";

    private Attachments() {}

    static List<String> nodes(ApiServer server, String volume) {
        try {
            return server.list(COLLECTION, "").stream()
                    .filter(one -> one.path("spec")
                            .path("source")
                            .path("persistentVolumeName")
                            .asText()
                            .equals(volume))
                    .map(one -> one.path("spec").path("nodeName").asText())
                    .toList();
        } catch (ClusterAccessException e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }
}

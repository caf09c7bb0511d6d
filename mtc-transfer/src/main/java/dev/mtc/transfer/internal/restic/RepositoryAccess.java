package dev.mtc.transfer.internal.restic;

import dev.mtc.api.Remedy;
import dev.mtc.api.S3Storage;
import dev.mtc.api.TransferException;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.S3Keys;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How pods reach the restic repository of a volume.
 *
 * @param storage the bucket
 * @param store the same, open in this process
 * @param place where in it the volume is
 */
record RepositoryAccess(S3Storage storage, ObjectStore store, VolumePlace place) {

    /**
     * {@return the access to the repository of a run's plan}
     *
     * @throws TransferException if the plan has none that pods reach
     */
    static RepositoryAccess of(VolumePlace place, MoverContext context) {
        ObjectStore store = context.repository().orElseThrow(() -> unfit("the plan has no repository"));
        S3Storage bucket = context.storage()
                .filter(S3Storage.class::isInstance)
                .map(S3Storage.class::cast)
                .orElseThrow(() -> unfit(store.description() + " is no bucket, so pods do not reach it"));
        return new RepositoryAccess(bucket, store, place);
    }

    private static TransferException unfit(String why) {
        return new TransferException(
                Remedy.FIX_INPUT,
                "Volumes cannot go through the repository: " + why + "; use via(Storage.s3(…)) or directVolumes()",
                null);
    }

    /** {@return variables for the scripts, free of secrets} */
    Map<String, String> environment() {
        return Map.of(
                "RESTIC_REPOSITORY",
                url(),
                "REGION",
                storage.region(),
                "LOOKUP",
                storage.addressing() == S3Storage.Addressing.PATH ? "path" : "dns",
                "INSECURE",
                storage.isInsecure() ? "yes" : "no");
    }

    private String url() {
        return "s3:" + endpoint() + "/" + storage.bucket() + "/" + storage.prefix() + place.restic();
    }

    private String endpoint() {
        return storage.endpoint()
                .map(URI::toString)
                .map(uri -> uri.replaceFirst("/+$", ""))
                .orElseGet(() -> "https://s3." + storage.region() + ".amazonaws.com"
                        + (storage.region().startsWith("cn-") ? ".cn" : ""));
    }

    /** {@return whether there is a restic repository} */
    boolean isMade() {
        return store.stat(place.config()).isPresent();
    }

    /** {@return whether a pass was stored} */
    boolean hasSnapshots() {
        try (Stream<ObjectStat> snapshots = store.list(place.restic() + "/snapshots/")) {
            return snapshots.findAny().isPresent();
        }
    }

    /** {@return the content of the Secret that the pods mount, as it is now: credentials may have changed since the last pod} */
    Map<String, String> secret() {
        S3Keys keys = S3Keys.of(storage);
        Map<String, String> data = new HashMap<>();
        data.put("password", VolumePassword.of(storage, store));
        data.put("access-key", keys.accessKey());
        data.put("secret-key", keys.secretKey());
        if (keys.sessionToken() != null) {
            data.put("session-token", keys.sessionToken());
        }
        storage.caCertificates().ifPresent(pem -> data.put("authorities", pem));
        return data;
    }
}

package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** The S3 server that the MTC_S3 variables name. */
final class RealS3 {

    private RealS3() {}

    static S3Storage storage(String endpoint, String prefix) {
        return Storage.s3(env("MTC_S3_BUCKET"), endpoint)
                .pathStyleAccess()
                .region(env("MTC_S3_REGION"))
                .credentials(env("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"))
                .prefix(prefix);
    }

    static S3Storage storage(String prefix) {
        return storage(env("MTC_S3_ENDPOINT"), prefix);
    }

    static void deleteAll(ObjectStore store) {
        try (Stream<ObjectStat> objects = store.list("")) {
            objects.forEach(object -> store.delete(object.key()));
        }
    }

    /** {@return the unfinished uploads of a storage} */
    static List<MultipartUpload> unfinished(S3Storage storage) {
        try (S3Bucket bucket = S3Bucket.open(storage, S3Retries.standard())) {
            return bucket.tried(client -> client.listMultipartUploads(
                            r -> r.bucket(bucket.name()).prefix(storage.prefix())))
                    .uploads();
        }
    }

    static String env(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    name
                            + " is not set; start an S3 server, for example with mtc-examples/testbed, and export its MTC_S3 variables");
        }
        return value;
    }
}

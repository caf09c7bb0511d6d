package dev.mtc.transfer.internal.registry;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.S3StorageProvider;
import java.util.UUID;
import java.util.stream.Stream;

/** A part of the bucket that the environment names, for one test; closing it empties it. */
final class RealBucket implements AutoCloseable {

    private final S3Storage storage = Storage.s3(
                    RealRegistries.variable("MTC_S3_BUCKET"), RealRegistries.variable("MTC_S3_ENDPOINT"))
            .pathStyleAccess()
            .region(RealRegistries.variable("MTC_S3_REGION"))
            .credentials(RealRegistries.variable("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"))
            .prefix("it-images-" + UUID.randomUUID() + "/");

    S3Storage storage() {
        return storage;
    }

    ObjectStore open() {
        return new S3StorageProvider().open(storage);
    }

    @Override
    public void close() {
        try (ObjectStore store = open();
                Stream<ObjectStat> objects = store.list("")) {
            objects.forEach(object -> store.delete(object.key()));
        }
    }
}

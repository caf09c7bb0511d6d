package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;

/** Opens buckets. */
public final class S3StorageProvider implements StorageProvider {

    /** For {@link java.util.ServiceLoader}. */
    public S3StorageProvider() {}

    @Override
    public String id() {
        return "s3";
    }

    @Override
    public boolean supports(Storage storage) {
        return storage instanceof S3Storage;
    }

    @Override
    public ObjectStore open(Storage storage) {
        if (storage instanceof S3Storage s3) {
            return S3ObjectStore.open(s3, S3Retries.standard());
        }
        throw new IllegalArgumentException(storage + " is not a bucket; ask supports first");
    }
}

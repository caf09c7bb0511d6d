package dev.mtc.api;

import java.nio.file.Path;

/**
 * A replication repository, MTC's MigStorage: the object store that indirect migrations go through. Immutable.
 *
 * @since 0.1
 */
public sealed interface Storage permits S3Storage, DirectoryStorage {

    /**
     * {@return a bucket of Amazon S3 in region {@code us-east-1}}
     *
     * @param bucket the bucket's name
     * @throws IllegalArgumentException if that is not a bucket name
     */
    static S3Storage s3(String bucket) {
        return S3Storage.of(bucket, null);
    }

    /**
     * {@return a bucket of an S3-compatible server}
     *
     * @param bucket the bucket's name
     * @param endpoint the server, {@code https://host:port}
     * @throws IllegalArgumentException if one of them is malformed
     */
    static S3Storage s3(String bucket, String endpoint) {
        return S3Storage.of(bucket, endpoint);
    }

    /**
     * {@return a directory as a repository}
     *
     * @param directory made when it is first written to
     */
    static DirectoryStorage directory(Path directory) {
        return new DirectoryStorage("directory", directory);
    }

    /**
     * {@return what a look at the repository shows: settings, and whether an object can be written, read and deleted} Does
     * I/O, a second or two; leaves nothing behind.
     *
     * @throws IllegalStateException if no engine is on the class path
     */
    default CheckReport check() {
        return MigrationEngine.find().check(this);
    }

    /** {@return the name of its MigStorage} */
    String name();
}

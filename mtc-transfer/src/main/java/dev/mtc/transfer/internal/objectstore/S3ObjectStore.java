package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.S3Storage;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Objects in a bucket of an S3-compatible server, all below the storage's prefix. */
final class S3ObjectStore implements ObjectStore, UnfinishedUploads {

    private final S3Bucket bucket;
    private final S3Uploads uploads;
    private final S3ParallelInputStream.Means reads;
    private volatile boolean bucketSeen;

    private S3ObjectStore(S3Bucket bucket) {
        this.bucket = bucket;
        this.uploads = new S3Uploads(bucket);
        this.reads = new S3ParallelInputStream.Means(uploads.threads());
    }

    static S3ObjectStore open(S3Storage storage, S3Retries retries) {
        ObjectKeys.requirePrefix(storage.prefix());
        return new S3ObjectStore(S3Bucket.open(storage, retries));
    }

    @Override
    public ObjectStat put(String key, Content content) {
        ObjectKeys.require(key);
        return uploads.put(key, content);
    }

    @Override
    public boolean putIfAbsent(String key, Content content) {
        ObjectKeys.require(key);
        // spares the upload; the condition on the write decides
        return stat(key).isEmpty() && uploads.putIfAbsent(key, content);
    }

    @Override
    public InputStream open(String key, long offset) {
        ObjectKeys.require(key);
        ObjectKeys.requireOffset(offset);
        return S3ParallelInputStream.open(bucket, key, offset, reads);
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        ObjectKeys.require(key);
        try {
            HeadObjectResponse head = bucket.tried(
                    client -> client.headObject(r -> r.bucket(bucket.name()).key(bucket.fullKey(key))));
            bucketSeen = true;
            return Optional.of(
                    new ObjectStat(key, bucket.length(key, head.contentLength()), head.eTag(), head.lastModified()));
        } catch (SdkException e) {
            if (e instanceof AwsServiceException service && service.statusCode() == 404) {
                requireBucket(key);
                return Optional.empty();
            }
            throw bucket.failed("stat", key, e);
        }
    }

    /** The answer to HEAD has no body that could tell a missing object from a missing bucket. */
    private void requireBucket(String key) {
        if (bucketSeen) {
            return;
        }
        try {
            bucket.tried(client -> client.headBucket(r -> r.bucket(bucket.name())));
        } catch (SdkException e) {
            // keys without the right to look at buckets still work on objects
            if (!(e instanceof AwsServiceException service && service.statusCode() == 403)) {
                throw bucket.failed("stat", key, e);
            }
        }
        bucketSeen = true;
    }

    @Override
    public Stream<ObjectStat> list(String prefix) {
        ObjectKeys.requirePrefix(prefix);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new S3Listing(bucket, prefix), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public void delete(String key) {
        ObjectKeys.require(key);
        try {
            bucket.tried(
                    client -> client.deleteObject(r -> r.bucket(bucket.name()).key(bucket.fullKey(key))));
        } catch (SdkException e) {
            boolean gone = e instanceof AwsServiceException service
                    && service.awsErrorDetails() != null
                    && "NoSuchKey".equals(service.awsErrorDetails().errorCode());
            if (!gone) {
                throw bucket.failed("delete", key, e);
            }
        }
    }

    @Override
    public List<String> unfinished(Instant before) {
        return uploads.abandoned().begunBefore(before).stream()
                .map(upload -> bucket.ownKey(upload.key()))
                .toList();
    }

    @Override
    public long removeUnfinished(Instant before) {
        return uploads.abandoned().abortBefore(before);
    }

    @Override
    public String description() {
        return bucket.description();
    }

    @Override
    public String toString() {
        return "ObjectStore[" + bucket.description() + "]";
    }

    @Override
    public void close() {
        uploads.close();
        bucket.close();
    }
}

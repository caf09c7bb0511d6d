package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.transfer.internal.objectstore.S3MultipartUpload.Means;
import dev.mtc.transfer.internal.objectstore.S3MultipartUpload.OvertakenException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Puts content into a bucket: small content in one request, the rest in parts. */
final class S3Uploads implements AutoCloseable {

    /** In an object's metadata, tells whether a write whose answer was lost is there. */
    static final String WRITE_ID = "mtc-write";

    /** How often an object is sent that others write at the same time. */
    private static final int MOST_ATTEMPTS = 5;

    private final S3Bucket bucket;
    private final ExecutorService threads;
    private final Means means;

    S3Uploads(S3Bucket bucket) {
        this.bucket = bucket;
        AtomicInteger count = new AtomicInteger();
        // grows with the parts under way, which the buffers bound; idle threads end by themselves
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "mtc-s3-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.means = new Means(threads, new PartBuffers(), new S3AbandonedUploads(bucket));
    }

    /** {@return threads for parts, which end with this} */
    Executor threads() {
        return threads;
    }

    S3AbandonedUploads abandoned() {
        return means.abandoned();
    }

    ObjectStat put(String key, Content content) {
        return write(new Target(key, Condition.NONE, UUID.randomUUID().toString()), content)
                .orElseThrow(() -> new StorageAccessException(
                        Remedy.RETRY,
                        "Cannot put '" + key + "' in " + bucket.description()
                                + ": the server refused a condition that was not made",
                        null));
    }

    boolean putIfAbsent(String key, Content content) {
        return write(new Target(key, Condition.ABSENT, UUID.randomUUID().toString()), content)
                .isPresent();
    }

    enum Condition {
        NONE,
        ABSENT
    }

    /**
     * What is written.
     *
     * @param key under which key
     * @param condition when
     * @param writeId told in the object's metadata
     */
    record Target(String key, Condition condition, String writeId) {

        boolean onlyIfAbsent() {
            return condition == Condition.ABSENT;
        }

        Map<String, String> metadata() {
            return Map.of(WRITE_ID, writeId);
        }
    }

    /** {@return what was written, empty if the condition did not hold} */
    private Optional<ObjectStat> write(Target target, Content content) {
        for (int attempt = 1; ; attempt++) {
            try {
                return writeOnce(target, content);
            } catch (OvertakenException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw new StorageAccessException(
                            Remedy.RETRY,
                            "Cannot put '" + target.key() + "' in " + bucket.description()
                                    + ": others wrote it each time before it was all there; "
                                    + "try again when they are done",
                            e);
                }
            }
        }
    }

    private Optional<ObjectStat> writeOnce(Target target, Content content) {
        OptionalLong length = content.length();
        PartSizes sizes = PartSizes.of(length);
        try (InputStream opened = content.open()) {
            SourceBytes in = new SourceBytes(target.key(), opened, length);
            int wanted = sizes.first();
            byte[] first = new byte[wanted];
            int read = in.fill(first, wanted);
            if (read < wanted || length.orElse(-1) == read) {
                requireEnd(in, read < wanted);
                return inOneRequest(target, first, read);
            }
            return new S3MultipartUpload(bucket, means, target, sizes).write(first, in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close what became '" + target.key() + "': " + e, e);
        }
    }

    private static void requireEnd(SourceBytes in, boolean ended) {
        if (!ended) {
            in.fill(new byte[1], 1);
        }
        in.requireComplete();
    }

    private Optional<ObjectStat> inOneRequest(Target target, byte[] bytes, int length) {
        try {
            PutObjectResponse done = bucket.tried(client -> client.putObject(
                    r -> {
                        r.bucket(bucket.name())
                                .key(bucket.fullKey(target.key()))
                                .metadata(target.metadata());
                        bucket.kmsKey().ifPresent(key -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                .ssekmsKeyId(key));
                        if (target.onlyIfAbsent()) {
                            r.ifNoneMatch("*");
                        }
                    },
                    body(bytes, length)));
            return Optional.of(new ObjectStat(target.key(), length, done.eTag(), answeredAt(done.sdkHttpResponse())));
        } catch (SdkException e) {
            if (e instanceof AwsServiceException service && service.statusCode() == 412) {
                return own(bucket, target);
            }
            throw bucket.failed("put", target.key(), e);
        }
    }

    /** {@return a body that is read from the array itself; the SDK's own byte bodies copy it} */
    static RequestBody body(byte[] bytes, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
    }

    static Instant answeredAt(SdkHttpResponse answer) {
        try {
            return answer.firstMatchingHeader("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElseGet(Instant::now);
        } catch (DateTimeException e) {
            return Instant.now();
        }
    }

    /** {@return the object if it is this very write} Answers get lost, and the next try then finds its own object there. */
    static Optional<ObjectStat> own(S3Bucket bucket, Target target) {
        return head(bucket, target)
                .filter(head -> target.writeId().equals(head.metadata().get(WRITE_ID)))
                .map(head -> new ObjectStat(
                        target.key(),
                        bucket.length(target.key(), head.contentLength()),
                        head.eTag(),
                        head.lastModified()));
    }

    /** {@return whether the object is there, whoever wrote it} */
    static boolean isThere(S3Bucket bucket, Target target) {
        return head(bucket, target).isPresent();
    }

    private static Optional<HeadObjectResponse> head(S3Bucket bucket, Target target) {
        try {
            return Optional.of(bucket.tried(
                    client -> client.headObject(r -> r.bucket(bucket.name()).key(bucket.fullKey(target.key())))));
        } catch (SdkException e) {
            if (e instanceof AwsServiceException service && service.statusCode() == 404) {
                return Optional.empty();
            }
            throw bucket.failed("put", target.key(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

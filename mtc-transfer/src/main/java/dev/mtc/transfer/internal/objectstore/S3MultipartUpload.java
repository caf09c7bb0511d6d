package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.ObjectStat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * One multipart upload: reads a part while earlier ones are on their way, and holds as many of them as the store's memory allows. However it
 * ends, no upload stays open on the server. Used once, by one thread.
 */
final class S3MultipartUpload {

    private static final Logger LOG = LoggerFactory.getLogger(S3MultipartUpload.class);

    private final S3Bucket bucket;
    private final Executor threads;
    private final S3Uploads.Target target;
    private final PartSizes sizes;
    private final PartBuffers buffers;
    private final S3AbandonedUploads abandoned;
    private final List<CompletableFuture<CompletedPart>> parts = new ArrayList<>();
    private long length;

    /** Another writer of the same object was done first and took this upload for abandoned; it can be made again. */
    static final class OvertakenException extends RuntimeException {

        OvertakenException(SdkException cause) {
            super(cause);
        }
    }

    /** What the uploads of a store share. */
    record Means(Executor threads, PartBuffers buffers, S3AbandonedUploads abandoned) {}

    S3MultipartUpload(S3Bucket bucket, Means means, S3Uploads.Target target, PartSizes sizes) {
        this.bucket = bucket;
        this.threads = means.threads();
        this.buffers = means.buffers();
        this.abandoned = means.abandoned();
        this.target = target;
        this.sizes = sizes;
    }

    /**
     * {@return what was written, empty if the condition did not hold} The first part is full and given.
     *
     * @throws OvertakenException if another writer ended this upload
     */
    Optional<ObjectStat> write(byte[] first, SourceBytes in) {
        abandoned.abortOld();
        String id = bucket.call(
                        "start the upload of",
                        target.key(),
                        client -> client.createMultipartUpload(r -> {
                            r.bucket(bucket.name())
                                    .key(bucket.fullKey(target.key()))
                                    .metadata(target.metadata());
                            bucket.kmsKey().ifPresent(key -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                    .ssekmsKeyId(key));
                        }))
                .uploadId();
        boolean completed = false;
        try {
            sendAll(id, first, in);
            List<CompletedPart> sent =
                    parts.stream().map(CompletableFuture::join).toList();
            Optional<ObjectStat> written = complete(id, sent);
            completed = written.isPresent();
            abandoned.abortOthers(target.key());
            return written;
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkException sdk) {
                if (isLate(sdk)) {
                    return Optional.empty();
                }
                throw isEnded(sdk) ? new OvertakenException(sdk) : bucket.failed("put", target.key(), sdk);
            }
            throw e;
        } finally {
            if (!completed) {
                abort(id);
            }
        }
    }

    /** {@return whether the upload was aborted by another writer, who has written the object} */
    private boolean isLate(SdkException failure) {
        return target.onlyIfAbsent()
                && failure instanceof AwsServiceException service
                && service.statusCode() == 404
                && S3Uploads.isThere(bucket, target);
    }

    private static boolean isEnded(SdkException failure) {
        return failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && "NoSuchUpload".equals(service.awsErrorDetails().errorCode());
    }

    private void sendAll(String id, byte[] first, SourceBytes in) {
        admit(first);
        int read = send(id, 1, first, () -> first.length);
        int size = first.length;
        for (int part = 2; read == size; part++) {
            size = sizes.size(part);
            int wanted = size;
            byte[] buffer = room(size);
            read = send(id, part, buffer, () -> in.fill(buffer, wanted));
            if (parts.stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
                return; // joining the parts throws why
            }
        }
        in.requireComplete();
    }

    /** Sends a part once it is filled; {@return how many bytes it has} */
    private int send(String id, int part, byte[] bytes, IntSupplier fill) {
        boolean isSent = false;
        try {
            int count = fill.getAsInt();
            if (count > 0) {
                requireRoom(part);
                length += count;
                parts.add(CompletableFuture.supplyAsync(() -> sent(id, part, bytes, count), threads)
                        .whenComplete((done, failure) -> buffers.giveBack(bytes)));
                isSent = true;
            }
            return count;
        } finally {
            if (!isSent) {
                buffers.giveBack(bytes);
            }
        }
    }

    private CompletedPart sent(String id, int part, byte[] bytes, int count) {
        String etag = bucket.tried(client -> client.uploadPart(
                        r -> r.bucket(bucket.name())
                                .key(bucket.fullKey(target.key()))
                                .uploadId(id)
                                .partNumber(part),
                        S3Uploads.body(bytes, count)))
                .eTag();
        return CompletedPart.builder().partNumber(part).eTag(etag).build();
    }

    private byte[] room(int size) {
        try {
            return buffers.take(size);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void admit(byte[] part) {
        try {
            buffers.add(part);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private StorageAccessException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StorageAccessException(
                Remedy.RETRY, "Cannot put '" + target.key() + "' in " + bucket.description() + ": interrupted", e);
    }

    private void requireRoom(int part) {
        if (part > PartSizes.MAX_PARTS) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot put '" + target.key() + "' in " + bucket.description() + ": it is larger than " + length
                            + " bytes, more than S3's " + PartSizes.MAX_PARTS
                            + " parts hold of content of unknown length; give the length, or split it",
                    null);
        }
    }

    private Optional<ObjectStat> complete(String id, List<CompletedPart> sent) {
        try {
            CompleteMultipartUploadResponse done = bucket.tried(client -> client.completeMultipartUpload(r -> {
                r.bucket(bucket.name())
                        .key(bucket.fullKey(target.key()))
                        .uploadId(id)
                        .multipartUpload(m -> m.parts(sent));
                if (target.onlyIfAbsent()) {
                    r.ifNoneMatch("*");
                }
            }));
            return Optional.of(
                    new ObjectStat(target.key(), length, done.eTag(), S3Uploads.answeredAt(done.sdkHttpResponse())));
        } catch (SdkException e) {
            int status = e instanceof AwsServiceException service ? service.statusCode() : 0;
            if (status == 412 || status == 404) {
                // another was first, or an earlier try has completed it and its answer was lost
                Optional<ObjectStat> own = S3Uploads.own(bucket, target);
                if (own.isPresent() || status == 412 || isLate(e)) {
                    return own;
                }
            }
            throw isEnded(e) ? new OvertakenException(e) : bucket.failed("complete the upload of", target.key(), e);
        }
    }

    /** Waits for parts on their way first: one that arrived after the abort would stay on the server for ever. */
    private void abort(String id) {
        boolean interrupted = Thread.interrupted();
        try {
            CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                    .handle((done, failure) -> parts.size())
                    .join();
            bucket.tried(client -> client.abortMultipartUpload(r ->
                    r.bucket(bucket.name()).key(bucket.fullKey(target.key())).uploadId(id)));
        } catch (SdkException e) {
            if (!(e instanceof AwsServiceException service && service.statusCode() == 404)) {
                LOG.warn("The unfinished upload {} of {} stays in {}", id, target.key(), bucket.description(), e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

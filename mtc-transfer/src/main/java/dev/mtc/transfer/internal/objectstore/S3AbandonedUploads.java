package dev.mtc.transfer.internal.objectstore;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Multipart uploads that nobody will complete, such as those of killed processes. Servers keep their parts until somebody
 * aborts them. Where credentials or servers do not allow to look for them they stay, and the log says so. Thread-safe.
 */
final class S3AbandonedUploads {

    private static final Logger LOG = LoggerFactory.getLogger(S3AbandonedUploads.class);

    /** Nobody is still sending what began so long ago. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final S3Bucket bucket;
    private final AtomicBoolean swept = new AtomicBoolean();

    S3AbandonedUploads(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** Aborts, once, old ones below the store's prefix. A bucket without one may have uploads of others. */
    void abortOld() {
        if (!bucket.fullKey("").isEmpty() && swept.compareAndSet(false, true)) {
            Instant limit = Instant.now().minus(ABANDONED);
            abort("", upload -> upload.initiated() != null && upload.initiated().isBefore(limit));
        }
    }

    /** Aborts those of an object that was just written: they come too late. */
    void abortOthers(String key) {
        abort(key, upload -> bucket.fullKey(key).equals(upload.key()));
    }

    private void abort(String prefix, Predicate<MultipartUpload> chosen) {
        try {
            @Nullable ListMultipartUploadsResponse page = null;
            do {
                page = list(prefix, page);
                page.uploads().stream().filter(chosen).forEach(this::abort);
            } while (Boolean.TRUE.equals(page.isTruncated()));
        } catch (SdkException e) {
            LOG.info("Unfinished uploads, if there are any, stay in {}: {}", bucket.description(), e.getMessage());
        }
    }

    private ListMultipartUploadsResponse list(String prefix, @Nullable ListMultipartUploadsResponse before) {
        return bucket.tried(client -> client.listMultipartUploads(r -> {
            r.bucket(bucket.name()).prefix(bucket.fullKey(prefix));
            if (before != null) {
                r.keyMarker(before.nextKeyMarker()).uploadIdMarker(before.nextUploadIdMarker());
            }
        }));
    }

    private void abort(MultipartUpload upload) {
        LOG.info("Aborting the unfinished upload of {} in {}", upload.key(), bucket.description());
        bucket.tried(client -> client.abortMultipartUpload(
                r -> r.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId())));
    }
}

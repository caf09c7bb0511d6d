package dev.mtc.transfer.internal.objectstore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        if (swept.compareAndSet(false, true)) {
            long unused = abortBefore(Instant.now().minus(ABANDONED));
        }
    }

    /** Aborts those below the store's prefix that began before some time; {@return how many} */
    long abortBefore(Instant time) {
        return begunBefore(time).stream().filter(this::abort).count();
    }

    /** {@return those below the store's prefix that began before some time} A bucket without one may have uploads of others. */
    List<MultipartUpload> begunBefore(Instant time) {
        return bucket.fullKey("").isEmpty()
                ? List.of()
                : find(
                        "",
                        upload ->
                                upload.initiated() != null && upload.initiated().isBefore(time));
    }

    /** Aborts those of an object that was just written: they come too late. */
    void abortOthers(String key) {
        for (MultipartUpload other : find(key, upload -> bucket.fullKey(key).equals(upload.key()))) {
            boolean unused = abort(other);
        }
    }

    private List<MultipartUpload> find(String prefix, Predicate<MultipartUpload> chosen) {
        List<MultipartUpload> found = new ArrayList<>();
        try {
            @Nullable ListMultipartUploadsResponse page = null;
            do {
                page = list(prefix, page);
                page.uploads().stream().filter(chosen).forEach(found::add);
            } while (Boolean.TRUE.equals(page.isTruncated()));
        } catch (SdkException e) {
            LOG.info("Unfinished uploads, if there are any, stay in {}: {}", bucket.description(), e.getMessage());
        }
        return found;
    }

    private ListMultipartUploadsResponse list(String prefix, @Nullable ListMultipartUploadsResponse before) {
        return bucket.tried(client -> client.listMultipartUploads(r -> {
            r.bucket(bucket.name()).prefix(bucket.fullKey(prefix));
            if (before != null) {
                r.keyMarker(before.nextKeyMarker()).uploadIdMarker(before.nextUploadIdMarker());
            }
        }));
    }

    private boolean abort(MultipartUpload upload) {
        LOG.info("Aborting the unfinished upload of {} in {}", upload.key(), bucket.description());
        try {
            bucket.tried(client -> client.abortMultipartUpload(
                    r -> r.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId())));
            return true;
        } catch (SdkException e) {
            LOG.info("The unfinished upload of {} stays, or ended by itself: {}", upload.key(), e.getMessage());
            return false;
        }
    }
}

package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.spi.ObjectStat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists keys page by page, each page when it is needed. */
final class S3Listing implements Iterator<ObjectStat> {

    private final S3Bucket bucket;
    private final String prefix;
    private final @Nullable Integer pageSize;
    private Iterator<ObjectStat> page = List.<ObjectStat>of().iterator();
    private @Nullable String continuation;
    private boolean last;

    /** Lists in pages of the server's size, mostly a thousand. */
    S3Listing(S3Bucket bucket, String prefix) {
        this(bucket, prefix, null);
    }

    S3Listing(S3Bucket bucket, String prefix, @Nullable Integer pageSize) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.pageSize = pageSize;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !last) {
            fetch();
        }
        return page.hasNext();
    }

    @Override
    public ObjectStat next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    private void fetch() {
        ListObjectsV2Response answer = bucket.call(
                "list",
                prefix,
                client -> client.listObjectsV2(r -> r.bucket(bucket.name())
                        .prefix(bucket.fullKey(prefix))
                        .maxKeys(pageSize)
                        .continuationToken(continuation)));
        continuation = answer.nextContinuationToken();
        last = !Boolean.TRUE.equals(answer.isTruncated()) || continuation == null;
        // others put things like "folder/" into buckets, which are no objects of ours
        page = answer.contents().stream()
                .filter(object -> ObjectKeys.isKey(bucket.ownKey(object.key())))
                .map(this::stat)
                .iterator();
    }

    private ObjectStat stat(S3Object object) {
        return new ObjectStat(bucket.ownKey(object.key()), object.size(), object.eTag(), object.lastModified());
    }
}

package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads an object. When the connection breaks it goes on where it broke, if the object is still the same. */
final class S3InputStream extends InputStream {

    /** In a row, without a byte in between. */
    private static final int MAX_BREAKS = 5;

    private final S3Bucket bucket;
    private final String key;
    private final String etag;
    private final long end;
    private ResponseInputStream<GetObjectResponse> part;
    private long position;
    private int breaks;

    private S3InputStream(S3Bucket bucket, String key, long offset, ResponseInputStream<GetObjectResponse> part) {
        this.bucket = bucket;
        this.key = key;
        this.part = part;
        this.position = offset;
        this.end = offset + bucket.length(key, part.response().contentLength());
        this.etag = part.response().eTag();
    }

    static InputStream open(S3Bucket bucket, String key, long offset) {
        try {
            return new S3InputStream(bucket, key, offset, get(bucket, key, offset, null));
        } catch (SdkException e) {
            if (e instanceof AwsServiceException service && service.statusCode() == 416) {
                return new ByteArrayInputStream(new byte[0]); // the offset is the object's end or behind it
            }
            throw bucket.failed("open", key, e);
        }
    }

    private static ResponseInputStream<GetObjectResponse> get(
            S3Bucket bucket, String key, long offset, @Nullable String etag) {
        return bucket.tried(client -> client.getObject(r -> {
            r.bucket(bucket.name()).key(bucket.fullKey(key));
            if (offset > 0) {
                r.range("bytes=" + offset + "-");
            }
            if (etag != null) {
                r.ifMatch(etag);
            }
        }));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            Exception why;
            try {
                int read = part.read(buffer, offset, length);
                if (read > 0) {
                    position += read;
                    breaks = 0;
                    return read;
                }
                why = new IOException("the body ended " + (end - position) + " bytes early");
            } catch (IOException | SdkException e) {
                why = e;
            }
            goOn(why);
        }
        return -1;
    }

    private void goOn(Exception why) {
        part.abort();
        if (++breaks > MAX_BREAKS) {
            throw new StorageAccessException(
                    Remedy.RETRY,
                    "Cannot read '" + key + "' in " + bucket.description() + " beyond byte " + position
                            + ": the connection broke " + breaks + " times: " + why,
                    why);
        }
        try {
            part = get(bucket, key, position, etag);
        } catch (SdkException e) {
            e.addSuppressed(why);
            if (e instanceof AwsServiceException service && service.statusCode() == 412) {
                throw new StorageAccessException(
                        Remedy.RETRY,
                        "Cannot read '" + key + "' in " + bucket.description() + " beyond byte " + position
                                + ": it was replaced while it was read; read it again",
                        e);
            }
            throw bucket.failed("read on in", key, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (position < end) {
            part.abort(); // closing would read the rest
        } else {
            part.close();
        }
    }
}

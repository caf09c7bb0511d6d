package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads a range of an object. When the connection breaks it goes on where it broke, if the object is still the same. */
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

    /**
     * {@return the object from an offset on, at most so much of it as asked for}
     *
     * @param length how much; less if the object ends before, none if it ends before the offset
     */
    static Optional<S3InputStream> open(S3Bucket bucket, String key, long offset, long length) {
        try {
            return Optional.of(
                    new S3InputStream(bucket, key, offset, get(bucket, key, Range.of(offset, length), null)));
        } catch (SdkException e) {
            if (e instanceof AwsServiceException service && service.statusCode() == 416) {
                return Optional.empty();
            }
            throw bucket.failed("open", key, e);
        }
    }

    /**
     * {@return a range of the object that another one is a part of}
     *
     * @throws StorageAccessException if it is not the same object any more
     */
    static S3InputStream open(S3InputStream same, long offset, long length) {
        try {
            return new S3InputStream(
                    same.bucket, same.key, offset, get(same.bucket, same.key, Range.of(offset, length), same.etag));
        } catch (SdkException e) {
            throw same.failed(offset, e);
        }
    }

    /** What is asked for, first and last byte. */
    private record Range(long first, long last) {

        static Range of(long offset, long length) {
            return new Range(offset, offset + length - 1);
        }
    }

    private static ResponseInputStream<GetObjectResponse> get(
            S3Bucket bucket, String key, Range range, @Nullable String etag) {
        ResponseInputStream<GetObjectResponse> part = bucket.tried(client -> client.getObject(r -> {
            r.bucket(bucket.name()).key(bucket.fullKey(key)).range("bytes=" + range.first() + "-" + range.last());
            if (etag != null) {
                r.ifMatch(etag);
            }
        }));
        if (range.first() > 0 && part.response().contentRange() == null) {
            part.abort();
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot read '" + key + "' in " + bucket.description() + " from byte " + range.first()
                            + " on: the server sends the whole object; use one that knows ranges",
                    null);
        }
        return part;
    }

    /** {@return the length of the whole object} Servers that know no ranges send all of it. */
    long objectLength() {
        String range = part.response().contentRange();
        if (range == null) {
            return end;
        }
        String total = range.substring(range.lastIndexOf('/') + 1);
        return total.matches("[0-9]{1,18}") ? Long.parseLong(total) : end;
    }

    /** {@return where it ends within the object} */
    long end() {
        return end;
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
            part = get(bucket, key, new Range(position, end - 1), etag);
        } catch (SdkException e) {
            e.addSuppressed(why);
            throw failed(position, e);
        }
    }

    private StorageAccessException failed(long offset, SdkException e) {
        if (e instanceof AwsServiceException service && service.statusCode() == 412) {
            return new StorageAccessException(
                    Remedy.RETRY,
                    "Cannot read '" + key + "' in " + bucket.description() + " beyond byte " + offset
                            + ": it was replaced while it was read; read it again",
                    e);
        }
        return bucket.failed("read on in", key, e);
    }

    @Override
    public String toString() {
        return "'" + key + "' in " + bucket.description();
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

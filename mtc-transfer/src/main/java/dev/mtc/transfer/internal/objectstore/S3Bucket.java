package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.S3Storage;
import dev.mtc.api.StorageAccessException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket and how it is called: with retries, and with failures put into words. */
final class S3Bucket implements AutoCloseable {

    private final S3Client client;
    private final S3Storage storage;
    private final S3Retries retries;

    private S3Bucket(S3Client client, S3Storage storage, S3Retries retries) {
        this.client = client;
        this.storage = storage;
        this.retries = retries;
    }

    static S3Bucket open(S3Storage storage, S3Retries retries) {
        return new S3Bucket(S3Clients.open(storage), storage, retries);
    }

    String name() {
        return storage.bucket();
    }

    /** {@return the key by which the server encrypts what is written, if it shall} */
    Optional<String> kmsKey() {
        return storage.kmsKey();
    }

    /** {@return the key within the bucket} */
    String fullKey(String key) {
        return storage.prefix() + key;
    }

    String ownKey(String fullKey) {
        return fullKey.substring(storage.prefix().length());
    }

    String description() {
        return "s3://" + storage.bucket() + "/" + storage.prefix()
                + storage.endpoint().map(endpoint -> " at " + endpoint).orElse("");
    }

    /**
     * {@return what a call returns}
     *
     * @throws SdkException its last failure, for callers that expect some
     */
    <T> T tried(Function<S3Client, T> call) {
        return retries.call(() -> call.apply(client));
    }

    /**
     * {@return what a call returns}
     *
     * @throws StorageAccessException if it failed for good
     */
    <T> T call(String verb, String key, Function<S3Client, T> call) {
        try {
            return tried(call);
        } catch (SdkException e) {
            throw failed(verb, key, e);
        }
    }

    StorageAccessException failed(String verb, String key, SdkException e) {
        S3Fault fault = S3Fault.of(e);
        return new StorageAccessException(
                fault.remedy(),
                "Cannot " + verb + " '" + key + "' in " + description() + ": " + fault.why() + "; " + fault.fix(),
                e);
    }

    /** {@return the length that an answer tells; proxies that repack bodies take it away} */
    long length(String key, @Nullable Long told) {
        if (told == null) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot read '" + key + "' in " + description()
                            + ": the answer has no Content-Length; reach the server without the proxy between",
                    null);
        }
        return told;
    }

    @Override
    public void close() {
        client.close();
    }
}

package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.S3Storage;
import dev.mtc.api.StorageAccessException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The credentials of a bucket as they are now.
 *
 * @param accessKey access key id
 * @param secretKey secret access key
 * @param sessionToken what belongs to credentials that expire, else null
 */
public record S3Keys(String accessKey, String secretKey, @Nullable String sessionToken) {

    /**
     * {@return the storage's own, or what the provider chain of the AWS SDK finds}
     *
     * @throws StorageAccessException if that finds none
     */
    public static S3Keys of(S3Storage storage) {
        try {
            AwsCredentials credentials = S3Clients.credentials(storage).resolveCredentials();
            return new S3Keys(
                    credentials.accessKeyId(),
                    credentials.secretAccessKey(),
                    credentials instanceof AwsSessionCredentials session ? session.sessionToken() : null);
        } catch (SdkClientException e) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT, "No credentials for " + storage + ": " + e.getMessage() + "; give some", e);
        }
    }

    /** {@return it without secrets} */
    @Override
    public String toString() {
        return "S3Keys[" + accessKey + "]";
    }
}

package dev.mtc.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as a replication repository. Immutable; the methods return changed copies.
 *
 * @since 0.1
 */
public final class S3Storage implements Storage {

    /** How keys are put into URLs. */
    public enum Addressing {
        /** {@code https://bucket.host/key}. */
        VIRTUAL_HOST,
        /** {@code https://host/bucket/key}. */
        PATH
    }

    /** Which checksums the AWS SDK adds to requests by itself, beside those that the protocol asks for. */
    public enum Checksums {
        /** None: older and many S3-compatible servers refuse them. The default. */
        WHEN_REQUIRED,
        /** Of all that is written, in trailers of requests; what is read is checked by them. */
        WHEN_SUPPORTED
    }

    /** The fields; never changed once they belong to a storage. */
    private static final class Parts {
        private final String bucket;
        private final @Nullable URI endpoint;
        private String name;
        private String region = "us-east-1";
        private Addressing addressing = Addressing.VIRTUAL_HOST;
        private @Nullable String accessKey;
        private @Nullable Secret secretKey;
        private @Nullable Secret sessionToken;
        private @Nullable String profile;
        private @Nullable String kmsKey;
        private Checksums checksums = Checksums.WHEN_REQUIRED;
        private @Nullable Authorities authorities;
        private boolean insecure;
        private String prefix = "mtc/";
        private @Nullable Secret volumePassword;

        private Parts(String bucket, @Nullable URI endpoint) {
            this.bucket = bucket;
            this.endpoint = endpoint;
            this.name = bucket.replace('.', '-');
        }

        private Parts copy() {
            Parts copy = new Parts(bucket, endpoint);
            copy.name = name;
            copy.region = region;
            copy.addressing = addressing;
            copy.accessKey = accessKey;
            copy.secretKey = secretKey;
            copy.sessionToken = sessionToken;
            copy.profile = profile;
            copy.kmsKey = kmsKey;
            copy.checksums = checksums;
            copy.authorities = authorities;
            copy.insecure = insecure;
            copy.prefix = prefix;
            copy.volumePassword = volumePassword;
            return copy;
        }
    }

    private final Parts parts;

    private S3Storage(Parts parts) {
        this.parts = parts;
    }

    static S3Storage of(String bucket, @Nullable String endpoint) {
        if (!Objects.requireNonNull(bucket, "bucket").matches("[a-z0-9][a-z0-9.\\-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException("Bucket '" + bucket
                    + "' is not a bucket name; use 3 to 63 lower-case letters, digits, '.' and inner '-'");
        }
        URI uri = endpoint == null ? null : ServerUrl.parse("S3 endpoint", endpoint, "https", "http");
        return new S3Storage(new Parts(bucket, uri));
    }

    private S3Storage with(Consumer<Parts> change) {
        Parts copy = parts.copy();
        change.accept(copy);
        return new S3Storage(copy);
    }

    /**
     * {@return a copy with another name}
     *
     * @param name an RFC 1123 label
     */
    public S3Storage named(String name) {
        String label = Names.label("storage name", name);
        return with(copy -> copy.name = label);
    }

    /**
     * {@return a copy in another region}
     *
     * @param region for example {@code eu-west-1}
     */
    public S3Storage region(String region) {
        Objects.requireNonNull(region, "region");
        return with(copy -> copy.region = region);
    }

    /** {@return a copy addressed as {@code https://host/bucket/key}, as most servers but Amazon's want it} */
    public S3Storage pathStyleAccess() {
        return with(copy -> copy.addressing = Addressing.PATH);
    }

    /** {@return a copy addressed as {@code https://bucket.host/key}, the default} */
    public S3Storage virtualHostAccess() {
        return with(copy -> copy.addressing = Addressing.VIRTUAL_HOST);
    }

    /**
     * {@return a copy with these credentials instead of the AWS SDK's default provider chain}
     *
     * @param accessKey access key id
     * @param secretKey secret access key
     */
    public S3Storage credentials(String accessKey, Secret secretKey) {
        return keys(accessKey, secretKey, null);
    }

    /**
     * {@return a copy with temporary credentials, as a security token service gives them} They are asked for anew at every
     * request, so that a secret that is renewed is taken up.
     *
     * @param accessKey access key id
     * @param secretKey secret access key
     * @param sessionToken what belongs to credentials that expire
     */
    public S3Storage credentials(String accessKey, Secret secretKey, Secret sessionToken) {
        return keys(accessKey, secretKey, Objects.requireNonNull(sessionToken, "sessionToken"));
    }

    private S3Storage keys(String accessKey, Secret secretKey, @Nullable Secret sessionToken) {
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
        return with(copy -> {
            copy.accessKey = accessKey;
            copy.secretKey = secretKey;
            copy.sessionToken = sessionToken;
            copy.profile = null;
        });
    }

    /**
     * {@return a copy with the credentials of a profile of the AWS configuration files} Those are {@code ~/.aws/config} and
     * {@code ~/.aws/credentials}, or what {@code AWS_CONFIG_FILE} and {@code AWS_SHARED_CREDENTIALS_FILE} name.
     *
     * @param profile the profile's name
     */
    public S3Storage profile(String profile) {
        if (Objects.requireNonNull(profile, "profile").isBlank()) {
            throw new IllegalArgumentException("Profile is blank; give the name of one in ~/.aws/config");
        }
        return with(copy -> {
            copy.profile = profile;
            copy.accessKey = null;
            copy.secretKey = null;
            copy.sessionToken = null;
        });
    }

    /**
     * {@return a copy whose objects the server encrypts by a key of its key management service} Mover pods of volumes do not ask
     * for that: what they write is encrypted by the {@link #volumePassword}, and by the server as the bucket's default says.
     *
     * @param keyId id, ARN or alias of the key, MTC's {@code awsKmsKeyId}
     */
    public S3Storage kmsKey(String keyId) {
        if (Objects.requireNonNull(keyId, "keyId").isBlank()) {
            throw new IllegalArgumentException("KMS key is blank; give its id, ARN or alias");
        }
        return with(copy -> copy.kmsKey = keyId);
    }

    /**
     * {@return a copy with checksums as the server bears them}
     *
     * @param checksums which the AWS SDK adds by itself; {@link Checksums#WHEN_REQUIRED} at first
     */
    public S3Storage checksums(Checksums checksums) {
        Objects.requireNonNull(checksums, "checksums");
        return with(copy -> copy.checksums = checksums);
    }

    /**
     * {@return a copy that trusts these authorities}
     *
     * @param pem file with PEM certificates
     */
    public S3Storage caBundle(Path pem) {
        Authorities authorities = Authorities.in(pem);
        return with(copy -> copy.authorities = authorities);
    }

    /**
     * {@return a copy that trusts these authorities}
     *
     * @param pem PEM certificates, as the field {@code s3CustomCABundle} of a MigStorage holds them
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public S3Storage caBundle(byte[] pem) {
        Authorities authorities = Authorities.of(pem);
        return with(copy -> copy.authorities = authorities);
    }

    /** {@return a copy that does not verify the server's certificate; mover pods do not, either} */
    public S3Storage insecure() {
        return with(copy -> copy.insecure = true);
    }

    /**
     * {@return a copy that keeps everything below another prefix than {@code mtc/}}
     *
     * @param prefix the start of every key, for example {@code team-a/}
     */
    public S3Storage prefix(String prefix) {
        Objects.requireNonNull(prefix, "prefix");
        return with(copy -> copy.prefix = prefix);
    }

    /**
     * {@return a copy in which volumes are encrypted by this password} Whoever has lost it cannot use what is in the repository
     * of volumes; the next migration would have to begin without. Without one a key is made and kept in the bucket, so that who
     * may read the bucket may read the volumes.
     *
     * @param password the same for all plans that have volumes in the repository
     */
    public S3Storage volumePassword(Secret password) {
        Objects.requireNonNull(password, "password");
        return with(copy -> copy.volumePassword = password);
    }

    @Override
    public String name() {
        return parts.name;
    }

    /** {@return the bucket's name} */
    public String bucket() {
        return parts.bucket;
    }

    /** {@return the server, if it is not Amazon's} */
    public Optional<URI> endpoint() {
        return Optional.ofNullable(parts.endpoint);
    }

    /** {@return the region} */
    public String region() {
        return parts.region;
    }

    /** {@return how keys are put into URLs} */
    public Addressing addressing() {
        return parts.addressing;
    }

    /** {@return the access key id, if given} */
    public Optional<String> accessKey() {
        return Optional.ofNullable(parts.accessKey);
    }

    /** {@return the secret access key, if given} */
    public Optional<Secret> secretKey() {
        return Optional.ofNullable(parts.secretKey);
    }

    /** {@return what belongs to credentials that expire, if given} */
    public Optional<Secret> sessionToken() {
        return Optional.ofNullable(parts.sessionToken);
    }

    /** {@return the profile of the AWS configuration files that has the credentials, if given} */
    public Optional<String> profile() {
        return Optional.ofNullable(parts.profile);
    }

    /** {@return the key of the server's key management service, if given} */
    public Optional<String> kmsKey() {
        return Optional.ofNullable(parts.kmsKey);
    }

    /** {@return which checksums the AWS SDK adds by itself} */
    public Checksums checksums() {
        return parts.checksums;
    }

    /** {@return the file of trusted authorities, if they were given as a file} */
    public Optional<Path> caBundle() {
        return Optional.ofNullable(parts.authorities).map(Authorities::file);
    }

    /**
     * {@return the PEM certificates of the trusted authorities, if any} Reads their file, if they are in one.
     *
     * @throws java.io.UncheckedIOException if that file cannot be read
     */
    public Optional<String> caCertificates() {
        return Optional.ofNullable(parts.authorities).map(Authorities::pem);
    }

    /** {@return whether the server's certificate is left unverified} */
    public boolean isInsecure() {
        return parts.insecure;
    }

    /** {@return the password by which volumes are encrypted, if given} */
    public Optional<Secret> volumePassword() {
        return Optional.ofNullable(parts.volumePassword);
    }

    /** {@return the start of every key} */
    public String prefix() {
        return parts.prefix;
    }

    @Override
    public String toString() {
        return "Storage[s3://" + parts.bucket + (parts.endpoint == null ? "" : " at " + parts.endpoint) + "]";
    }
}

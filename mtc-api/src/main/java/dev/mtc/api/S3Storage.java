package dev.mtc.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bucket as a replication repository. Immutable; the methods return changed copies. */
public final class S3Storage implements Storage {

    /** How keys are put into URLs. */
    public enum Addressing {
        /** {@code https://bucket.host/key}. */
        VIRTUAL_HOST,
        /** {@code https://host/bucket/key}. */
        PATH
    }

    private record Parts(
            String name,
            String bucket,
            @Nullable URI endpoint,
            String region,
            Addressing addressing,
            @Nullable Credentials credentials,
            Trust trust,
            String prefix) {}

    private record Credentials(String accessKey, Secret secretKey) {}

    private record Trust(@Nullable Authorities authorities, boolean insecure) {}

    private final Parts parts;

    private S3Storage(Parts parts) {
        this.parts = parts;
    }

    static S3Storage of(String bucket, @Nullable String endpoint) {
        Objects.requireNonNull(bucket, "bucket");
        if (!bucket.matches("[a-z0-9][a-z0-9.\\-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException("Bucket '" + bucket
                    + "' is not a bucket name; use 3 to 63 lower-case letters, digits, '.' and inner '-'");
        }
        URI uri = endpoint == null ? null : uri(endpoint);
        return new S3Storage(new Parts(
                bucket.replace('.', '-'),
                bucket,
                uri,
                "us-east-1",
                Addressing.VIRTUAL_HOST,
                null,
                new Trust(null, false),
                "mtc/"));
    }

    private static URI uri(String endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "S3 endpoint '" + endpoint + "' is malformed; give https://host:port", e);
        }
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "S3 endpoint '" + endpoint + "' is not an http or https URL; give https://host:port");
        }
        return uri;
    }

    /**
     * {@return a copy with another name}
     *
     * @param name an RFC 1123 label
     */
    public S3Storage named(String name) {
        return new S3Storage(new Parts(
                Names.label("storage name", name),
                parts.bucket,
                parts.endpoint,
                parts.region,
                parts.addressing,
                parts.credentials,
                parts.trust,
                parts.prefix));
    }

    /**
     * {@return a copy in another region}
     *
     * @param region for example {@code eu-west-1}
     */
    public S3Storage region(String region) {
        return new S3Storage(new Parts(
                parts.name,
                parts.bucket,
                parts.endpoint,
                Objects.requireNonNull(region),
                parts.addressing,
                parts.credentials,
                parts.trust,
                parts.prefix));
    }

    /** {@return a copy addressed as {@code https://host/bucket/key}, as most servers but Amazon's want it} */
    public S3Storage pathStyleAccess() {
        return addressed(Addressing.PATH);
    }

    /** {@return a copy addressed as {@code https://bucket.host/key}, the default} */
    public S3Storage virtualHostAccess() {
        return addressed(Addressing.VIRTUAL_HOST);
    }

    private S3Storage addressed(Addressing addressing) {
        return new S3Storage(new Parts(
                parts.name,
                parts.bucket,
                parts.endpoint,
                parts.region,
                addressing,
                parts.credentials,
                parts.trust,
                parts.prefix));
    }

    /**
     * {@return a copy with these credentials instead of the AWS SDK's default provider chain}
     *
     * @param accessKey access key id
     * @param secretKey secret access key
     */
    public S3Storage credentials(String accessKey, Secret secretKey) {
        return new S3Storage(new Parts(
                parts.name,
                parts.bucket,
                parts.endpoint,
                parts.region,
                parts.addressing,
                new Credentials(Objects.requireNonNull(accessKey), Objects.requireNonNull(secretKey)),
                parts.trust,
                parts.prefix));
    }

    /**
     * {@return a copy that trusts these authorities}
     *
     * @param pem file with PEM certificates
     */
    public S3Storage caBundle(Path pem) {
        return trusting(new Trust(Authorities.in(pem), parts.trust.insecure));
    }

    /**
     * {@return a copy that trusts these authorities}
     *
     * @param pem PEM certificates, as the field {@code s3CustomCABundle} of a MigStorage holds them
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public S3Storage caBundle(byte[] pem) {
        return trusting(new Trust(Authorities.of(pem), parts.trust.insecure));
    }

    /** {@return a copy that does not verify the server's certificate} */
    public S3Storage insecure() {
        return trusting(new Trust(parts.trust.authorities, true));
    }

    private S3Storage trusting(Trust trust) {
        return new S3Storage(new Parts(
                parts.name,
                parts.bucket,
                parts.endpoint,
                parts.region,
                parts.addressing,
                parts.credentials,
                trust,
                parts.prefix));
    }

    /**
     * {@return a copy that keeps everything below another prefix than {@code mtc/}}
     *
     * @param prefix the start of every key, for example {@code team-a/}
     */
    public S3Storage prefix(String prefix) {
        return new S3Storage(new Parts(
                parts.name,
                parts.bucket,
                parts.endpoint,
                parts.region,
                parts.addressing,
                parts.credentials,
                parts.trust,
                Objects.requireNonNull(prefix)));
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
        return Optional.ofNullable(parts.credentials).map(Credentials::accessKey);
    }

    /** {@return the secret access key, if given} */
    public Optional<Secret> secretKey() {
        return Optional.ofNullable(parts.credentials).map(Credentials::secretKey);
    }

    /** {@return the file of trusted authorities, if they were given as a file} */
    public Optional<Path> caBundle() {
        return Optional.ofNullable(parts.trust.authorities).map(Authorities::file);
    }

    /**
     * {@return the PEM certificates of the trusted authorities, if any} Reads their file, if they are in one.
     *
     * @throws java.io.UncheckedIOException if that file cannot be read
     */
    public Optional<String> caCertificates() {
        return Optional.ofNullable(parts.trust.authorities).map(Authorities::pem);
    }

    /** {@return whether the server's certificate is left unverified} */
    public boolean isInsecure() {
        return parts.trust.insecure;
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

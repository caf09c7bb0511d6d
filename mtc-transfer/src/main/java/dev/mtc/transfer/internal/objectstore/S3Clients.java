package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.StorageAccessException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** SDK clients for storages. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private S3Clients() {}

    static S3Client open(S3Storage storage) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(http(storage))
                .region(Region.of(storage.region()))
                .forcePathStyle(storage.addressing() == S3Storage.Addressing.PATH)
                .credentialsProvider(credentials(storage))
                // many servers reject the checksums that the SDK adds by default
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        storage.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static UrlConnectionHttpClient.Builder http(S3Storage storage) {
        UrlConnectionHttpClient.Builder http =
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE);
        if (storage.isInsecure()) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    storage
                            + " is to be reached without checking its certificate, which this version does not do; give the"
                            + " server's authority as caBundle",
                    null);
        }
        if (storage.caCertificates().isPresent()) {
            TrustManager[] trusted = trusting(storage, storage.caCertificates().get());
            http.tlsTrustManagersProvider(() -> trusted);
        }
        return http;
    }

    static AwsCredentialsProvider credentials(S3Storage storage) {
        if (storage.accessKey().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        String accessKey = storage.accessKey().get();
        Secret secretKey = storage.secretKey().orElseThrow();
        return () -> AwsBasicCredentials.create(accessKey, secretKey.reveal());
    }

    private static TrustManager[] trusting(S3Storage storage, String pem) {
        try (InputStream in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))) {
            Collection<? extends Certificate> authorities =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (authorities.isEmpty()) {
                throw new GeneralSecurityException("it holds no certificate");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (Certificate authority : authorities) {
                store.setCertificateEntry("ca-" + i++, authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot trust the authorities "
                            + storage.caBundle().map(file -> "in " + file).orElse("given for " + storage) + ": " + e
                            + "; give PEM certificates",
                    e);
        }
    }
}

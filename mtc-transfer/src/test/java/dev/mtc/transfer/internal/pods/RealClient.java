package dev.mtc.transfer.internal.pods;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A client of a kubeconfig whose user has an elliptic key in PKCS#8, which fabric8 does not load by itself. */
public final class RealClient {

    private RealClient() {}

    static KubernetesClient of(String kubeconfig) {
        try {
            Config config = Config.fromKubeconfig(new File(kubeconfig));
            config.setRequestRetryBackoffLimit(0);
            KeyManager[] keys = keys(config);
            config.setClientKeyData(null);
            config.setClientCertData(null);
            var authorities = SSLUtils.trustManagers(config);
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientBuilderConsumer(http -> http.sslContext(keys, authorities))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot use kubeconfig " + kubeconfig, e);
        }
    }

    private static KeyManager[] keys(Config config) throws Exception {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(config.getClientCertData())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("user", key(config.getClientKeyData()), new char[0], new Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static PrivateKey key(String data) throws GeneralSecurityException {
        String pem = new String(Base64.getDecoder().decode(data), java.nio.charset.StandardCharsets.US_ASCII);
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*?-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
}

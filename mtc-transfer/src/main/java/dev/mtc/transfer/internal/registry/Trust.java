package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Registry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are accepted. The registry itself is checked against its own authorities if it has any; hosts that
 * it sends us to (token services, object stores) against those and the runtime's; they never see our certificate.
 */
final class Trust {

    private static final KeyManager[] NO_KEYS = {};

    private final String host;
    private final boolean unverified;
    private final @Nullable SSLSocketFactory own;
    private final @Nullable SSLSocketFactory others;

    private Trust(String host, boolean unverified, @Nullable SSLSocketFactory own, @Nullable SSLSocketFactory others) {
        this.host = host;
        this.unverified = unverified;
        this.own = own;
        this.others = others;
    }

    /**
     * {@return the trust that a registry's description asks for}
     *
     * @throws Unusable if its authorities or its key cannot be read
     */
    static Trust of(Registry registry) throws IOException {
        String host = registry.host();
        try {
            KeyManager[] keys = keys(registry);
            if (registry.transport() == Registry.Transport.TLS_UNVERIFIED) {
                return new Trust(host, true, factory(keys, new AcceptAll()), factory(NO_KEYS, new AcceptAll()));
            }
            String bundle = registry.caCertificates().orElse(null);
            if (bundle == null) {
                return new Trust(host, false, keys.length == 0 ? null : factory(keys, managers(null)), null);
            }
            String place = registry.caBundle().map(file -> " " + file).orElse("");
            KeyStore authorities = read(bundle, place);
            SSLSocketFactory own = factory(keys, managers(authorities));
            for (TrustManager manager : managers(null)) {
                addAuthorities(authorities, manager);
            }
            return new Trust(host, false, own, factory(NO_KEYS, managers(authorities)));
        } catch (UncheckedIOException e) {
            throw new Unusable("its CA bundle or client certificate cannot be read: " + e.getCause(), e);
        } catch (GeneralSecurityException e) {
            throw new Unusable("its CA bundle holds no usable certificate: " + e.getMessage(), e);
        }
    }

    /** What is given to trust or to be trusted by is of no use, however often it is read. */
    static final class Unusable extends IOException {

        private static final long serialVersionUID = 1;

        Unusable(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    private static KeyStore read(String bundle, String place) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        InputStream in = new ByteArrayInputStream(bundle.getBytes(StandardCharsets.UTF_8));
        for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            store.setCertificateEntry("given-" + count++, certificate);
        }
        if (count == 0) {
            throw new Unusable("its CA bundle" + place + " holds no certificate", null);
        }
        return store;
    }

    private static void addAuthorities(KeyStore store, TrustManager manager) throws GeneralSecurityException {
        if (manager instanceof X509TrustManager authorities) {
            int count = 0;
            for (X509Certificate certificate : authorities.getAcceptedIssuers()) {
                store.setCertificateEntry("runtime-" + count++, certificate);
            }
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(Registry registry) throws GeneralSecurityException {
        KeyStore store = registry.clientKeys().orElse(null);
        if (store == null) {
            return NO_KEYS;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static SSLSocketFactory factory(KeyManager[] keys, TrustManager... managers)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, managers, null);
        return context.getSocketFactory();
    }

    /** {@return what secures connections to an address, null for the runtime's own} */
    @Nullable
    SSLSocketFactory factory(URI uri) {
        return Origin.of(uri).equals(Origin.of(URI.create("https://" + host + "/"))) ? own : others;
    }

    void applyTo(HttpsURLConnection connection) {
        SSLSocketFactory factory = factory(URI.create(connection.getURL().toString()));
        if (factory != null) {
            connection.setSSLSocketFactory(factory);
        }
        if (unverified) {
            connection.setHostnameVerifier((name, session) -> true);
        }
    }

    /** What {@link Registry#insecure()} asks for; the extended type keeps the runtime from checking host names. */
    private static final class AcceptAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

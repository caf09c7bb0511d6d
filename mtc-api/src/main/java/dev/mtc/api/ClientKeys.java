package dev.mtc.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate and its key out of PEM files, by which a server knows its client. */
final class ClientKeys {

    /** The key is nowhere but in memory, so a password would keep it from nobody. */
    private static final char[] NO_PASSWORD = {};

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(?<base64>[^-]+)-----END PRIVATE KEY-----");

    private ClientKeys() {}

    /**
     * {@return a store with one entry and an empty password}
     *
     * @param certificate PEM file with the certificate and those that lead to its authority
     * @param key PEM file with its private key in PKCS 8
     * @throws IllegalArgumentException if they cannot be read
     */
    static KeyStore in(Path certificate, Path key) {
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(read("certificate", certificate)))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new GeneralSecurityException("there is none in it");
            }
            PrivateKey secret = key(key, chain[0].getPublicKey().getAlgorithm());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", secret, NO_PASSWORD, chain);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "Client certificate " + certificate + " cannot be used: " + e.getMessage()
                            + "; give a file with a PEM certificate",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String what, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Client " + what + " " + file + " cannot be read; check its path and permissions", e);
        }
    }

    private static PrivateKey key(Path file, String algorithm) {
        Matcher matcher = PKCS8.matcher(new String(read("key", file), StandardCharsets.US_ASCII));
        try {
            if (matcher.find()) {
                byte[] encoded = Base64.getMimeDecoder().decode(matcher.group("base64"));
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            }
        } catch (GeneralSecurityException e) {
            // Said below without the cause, whose message may tell of the key.
        }
        throw new IllegalArgumentException("Client key " + file + " is no unencrypted " + algorithm
                + " key in PKCS 8; convert it with: openssl pkcs8 -topk8 -nocrypt -in " + file.getFileName());
    }
}

package dev.mtc.engine.internal.cluster;

import io.fabric8.kubernetes.client.Config;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out of which kind a client key is; the client takes every PKCS #8 key for an RSA key if it is not told. */
final class ClientKeys {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private ClientKeys() {}

    /** {@return RSA or EC, empty if there is no PKCS #8 key or it is of another kind} */
    static Optional<String> algorithm(Config config) {
        String pem = pem(config);
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        try {
            PKCS8EncodedKeySpec key =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end)));
            return Stream.of("RSA", "EC")
                    .filter(algorithm -> isKey(key, algorithm))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isKey(PKCS8EncodedKeySpec key, String algorithm) {
        try {
            KeyFactory.getInstance(algorithm).generatePrivate(key);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String pem(Config config) {
        try {
            if (config.getClientKeyData() != null) {
                byte[] data = Base64.getMimeDecoder().decode(config.getClientKeyData());
                return new String(data, StandardCharsets.US_ASCII);
            }
            return config.getClientKeyFile() == null
                    ? ""
                    : Files.readString(Path.of(config.getClientKeyFile()), StandardCharsets.US_ASCII);
        } catch (java.io.IOException | IllegalArgumentException e) {
            // Opening the connection says what is wrong with the key.
            return "";
        }
    }
}

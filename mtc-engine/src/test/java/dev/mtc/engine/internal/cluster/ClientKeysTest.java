package dev.mtc.engine.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientKeysTest {

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void algorithm_pkcs8Key_isToldFromItsContent(String algorithm) throws NoSuchAlgorithmException {
        byte[] key = KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";

        assertThat(ClientKeys.algorithm(withKey(pem))).contains(algorithm);
    }

    @Test
    void algorithm_otherKeyOrNone_isLeftToTheClient() {
        assertThat(ClientKeys.algorithm(Config.empty())).isEmpty();
        assertThat(ClientKeys.algorithm(withKey("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----")))
                .isEmpty();
        assertThat(ClientKeys.algorithm(withKey("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")))
                .isEmpty();
    }

    private static Config withKey(String pem) {
        Config config = Config.empty();
        config.setClientKeyData(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
        return config;
    }
}

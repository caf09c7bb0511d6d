package dev.mtc.engine.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.ClusterAccessException;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(
                directory.resolve("config"),
                """
                apiVersion: v1
                kind: Config
                current-context: old
                preferences: {}
                clusters:
                - name: a
                  cluster:
                    server: https://a.example:6443
                    certificate-authority: pki/ca.crt
                    extensions:
                    - name: cluster_info
                      extension: {provider: minikube.sigs.k8s.io, version: v1.34.0}
                - name: b
                  cluster: {server: "https://b.example:6443", insecure-skip-tls-verify: true}
                contexts:
                - {name: old, context: {cluster: a, user: keys, namespace: shop}}
                - {name: new, context: {cluster: b, user: token}}
                users:
                - {name: keys, user: {client-certificate: pki/client.crt, client-key: /else/client.key}}
                - {name: token, user: {token: secret}}
                """);
    }

    @Test
    void read_ofAnyContext_saysWhatFabric8Reads() {
        for (String context : new String[] {"old", "new"}) {
            Config read = Kubeconfig.read(file, context);

            assertThat(read).usingRecursiveComparison().isEqualTo(Config.fromKubeconfig(context, file.toFile()));
        }
    }

    @Test
    void read_withoutAContext_takesTheCurrentOneAndFindsFilesBesideItself() {
        Config read = Kubeconfig.read(file, null);

        assertThat(read.getMasterUrl()).isEqualTo("https://a.example:6443/");
        assertThat(read.getNamespace()).isEqualTo("shop");
        assertThat(Path.of(read.getCaCertFile())).isEqualTo(directory.resolve("pki/ca.crt"));
        assertThat(Path.of(read.getClientCertFile())).isEqualTo(directory.resolve("pki/client.crt"));
        assertThat(read.getClientKeyFile()).isEqualTo("/else/client.key");
        assertThat(read.getFile()).isEqualTo(file.toFile());
    }

    @Test
    void read_ofNoContext_namesThoseThereAre() {
        assertThatThrownBy(() -> Kubeconfig.read(file, "other"))
                .isInstanceOf(ClusterAccessException.class)
                .hasMessageContaining("has no context 'other'; it has [old, new]");
    }

    @Test
    void read_ofNoKubeconfig_saysSo() throws IOException {
        Files.writeString(file, "{");

        assertThatThrownBy(() -> Kubeconfig.read(file, null))
                .isInstanceOf(ClusterAccessException.class)
                .hasMessageContaining("cannot be read");
    }
}

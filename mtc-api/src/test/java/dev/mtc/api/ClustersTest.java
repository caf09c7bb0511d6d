package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mtc.api.Cluster.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClustersTest {

    private static final Secret TOKEN = Secret.of("opensesame");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"old.kubeconfig, old", "Old_Cluster.yaml, old-cluster", "config, config", "___, cluster"})
    void fromKubeconfig_file_isNamedAfterIt(String file, String name) throws IOException {
        Path path = Files.createFile(directory.resolve(file));

        Cluster cluster = Clusters.fromKubeconfig(path);

        assertThat(cluster.name()).isEqualTo(name);
        assertThat(cluster.connection()).isEqualTo(new Connection.Kubeconfig(path, null));
        assertThat(cluster).hasToString("Cluster[" + name + ", " + path + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "admin@prod, admin-prod",
        "default/api-eu-example:6443/me, default-api-eu-example-6443-me",
        "arn:aws:eks:eu-west-1:123456789012:cluster/a-cluster-with-a-very-long-name,"
                + " arn-aws-eks-eu-west-1-123456789012-cluster-a-cluster-with-a-ver",
    })
    void fromKubeconfig_context_isNamedAfterIt(String context, String name) throws IOException {
        Path path = Files.createFile(directory.resolve("config"));

        Cluster cluster = Clusters.fromKubeconfig(path, context);

        assertThat(cluster.name()).isEqualTo(name);
        assertThat(cluster.address()).isEqualTo(path + " context " + context);
    }

    @Test
    void fromKubeconfig_missingFileOrDirectory_namesIt() {
        for (Path path : new Path[] {directory.resolve("none"), directory}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Clusters.fromKubeconfig(path))
                    .withMessage(
                            "Kubeconfig " + path + " is not a readable file; give the path of an existing kubeconfig");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Clusters.fromKubeconfig(path, "prod"))
                    .withMessageContaining(path.toString());
        }
    }

    @Test
    void fromToken_url_isNamedAfterTheHost() {
        Cluster cluster = Clusters.fromToken(" https://Api.EU.example:6443", TOKEN);

        assertThat(cluster.name()).isEqualTo("api-eu-example");
        assertThat(cluster).hasToString("Cluster[api-eu-example, https://Api.EU.example:6443]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api.example:6443", "http://api.example", "https:///path", "https://api example"})
    void fromToken_otherUrl_saysWhatToGive(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clusters.fromToken(url, TOKEN))
                .withMessageStartingWith("API server URL '" + url + "' is ")
                .withMessageEndingWith("; give https://host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:opensesame@api.example", "me:opensesame@api.example", "https://me:open/same@x"})
    void fromToken_urlWithCredentials_isRefusedWithoutPrintingThem(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clusters.fromToken(url, TOKEN))
                .withMessageContaining("'***@")
                .withMessageContaining("give them as a Secret")
                .withMessageNotContaining("open");
    }

    @Test
    void inCluster_isNamedAsMtcNamesIt() {
        assertThat(Clusters.inCluster()).hasToString("Cluster[host, in cluster]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Prod", "a.b", "-a", "a-"})
    void named_noLabel_saysWhatToUse(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clusters.inCluster().named(name))
                .withMessage("The cluster name '" + name
                        + "' is not an RFC 1123 label; use at most 63 lower-case letters, digits and inner '-'");
    }

    @Test
    void withers_changeOnlyTheirField() {
        Cluster bare = Clusters.fromToken("https://api.example", TOKEN);
        byte[] pem = "-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.UTF_8);
        Cluster all = bare.caBundle(pem)
                .insecure()
                .exposedRegistry("registry.example")
                .internalRegistry("registry.svc:5000")
                .moverImage("quay.io/acme/mover:1")
                .named("prod");

        assertThat(all.name()).isEqualTo("prod");
        assertThat(all.connection()).isEqualTo(bare.connection());
        assertThat(all.caCertificates()).contains("-----BEGIN CERTIFICATE-----");
        assertThat(all.caBundle()).isEmpty();
        assertThat(all.isInsecure()).isTrue();
        assertThat(all.registry().orElseThrow().host()).isEqualTo("registry.example");
        assertThat(all.internalRegistry()).contains("registry.svc:5000");
        assertThat(all.moverImage()).contains("quay.io/acme/mover:1");
        assertThat(bare.name()).isEqualTo("api-example");
        assertThat(bare.caCertificates()).isEmpty();
        assertThat(bare.isInsecure()).isFalse();
        assertThat(bare.registry()).isEmpty();
        assertThat(bare.internalRegistry()).isEmpty();
        assertThat(bare.moverImage()).isEmpty();
    }

    @Test
    void caBundle_ofFile_isReadAtEachUse() throws IOException {
        Path pem = Files.writeString(directory.resolve("ca.pem"), "one");
        Cluster cluster = Clusters.inCluster().caBundle(pem);
        Files.writeString(pem, "two");

        assertThat(cluster.caBundle()).contains(pem);
        assertThat(cluster.caCertificates()).contains("two");
    }

    @Test
    void caBundle_withoutCertificate_saysHowItBegins() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clusters.inCluster().caBundle(new byte[] {1, 2}))
                .withMessageContaining("-----BEGIN CERTIFICATE-----");
    }
}

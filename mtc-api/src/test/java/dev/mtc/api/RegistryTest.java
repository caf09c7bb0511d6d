package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mtc.api.Registry.Transport;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

    @ParameterizedTest
    @CsvSource({
        "registry.example, registry.example, TLS",
        "' registry.example:5000/ ', registry.example:5000, TLS",
        "https://registry.example, registry.example, TLS",
        "http://10.0.0.1:5000//, 10.0.0.1:5000, PLAIN_HTTP",
        "[fd00::1]:5000, [fd00::1]:5000, TLS",
    })
    void at_host_stripsSchemeAndSlash(String given, String host, Transport transport) {
        Registry registry = Registry.at(given);

        assertThat(registry.host()).isEqualTo(host);
        assertThat(registry.transport()).isEqualTo(transport);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "registry.example/shop", "registry.example:port", "a b", "ftp://registry.example"})
    void at_somethingElse_saysWhatToWrite(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Registry.at(host))
                .withMessage(
                        "Registry host '" + host
                                + "' is not a host name with an optional port; write registry.example:5000, without path or user");
    }

    @Test
    void at_urlWithPassword_isRefusedWithoutPrintingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Registry.at("https://me:opensesame@registry.example"))
                .withMessageContaining("'***@registry.example'")
                .withMessageNotContaining("opensesame");
    }

    @Test
    void withers_changeOnlyTheirField() {
        Secret password = Secret.of("p");
        Secret pulling = Secret.of("q");
        Path pem = Path.of("ca.pem");
        Registry plain = Registry.at("registry.example");
        Registry all = plain.credentials("me", password)
                .caBundle(pem)
                .pullCredentials("pods", pulling)
                .insecure();

        assertThat(plain.user()).isEmpty();
        assertThat(plain.pullUser()).isEmpty();
        assertThat(plain.caBundle()).isEmpty();
        assertThat(all.user()).contains("me");
        assertThat(all.password()).containsSame(password);
        assertThat(all.pullUser()).contains("pods");
        assertThat(all.pullPassword()).containsSame(pulling);
        assertThat(all.caBundle()).contains(pem);
        assertThat(all.plainHttp().transport()).isEqualTo(Transport.PLAIN_HTTP);
        assertThat(plain).hasToString("Registry[registry.example]");
        assertThat(all).hasToString("Registry[registry.example, TLS_UNVERIFIED, user me]");
    }

    @Test
    void dockerConfig_ofASecret_logsIn() {
        byte[] json = "{\"auths\":{\"registry.example\":{\"auth\":\"bWU6c2VzYW1l\"}}}".getBytes(StandardCharsets.UTF_8);

        Registry registry = Registry.at("registry.example").dockerConfig(json);

        assertThat(registry.user()).contains("me");
        assertThat(registry.password().orElseThrow().reveal()).isEqualTo("sesame");
        assertThat(Registry.at("other.example").dockerConfig(json).user()).isEmpty();
    }

    @Test
    void dockerConfig_ofASecretThatNamesAHelper_doesNotRunIt() {
        byte[] json = "{\"credHelpers\":{\"registry.example\":\"no-such\"}}".getBytes(StandardCharsets.UTF_8);

        assertThat(Registry.at("registry.example").dockerConfig(json).user()).isEmpty();
    }

    @Test
    void proxy_address_isKeptUnresolved() {
        Registry registry = Registry.at("registry.example").proxy("http://proxy.example:3128");

        assertThat(registry.proxy()).contains(InetSocketAddress.createUnresolved("proxy.example", 3128));
        assertThat(registry).hasToString("Registry[registry.example, by proxy.example:3128]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example:3128", "https://proxy.example:3128", "http://proxy.example", "http://a:99999"})
    void proxy_somethingElse_saysWhatToWrite(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Registry.at("registry.example").proxy(url))
                .withMessageContaining("'" + url + "'")
                .withMessageContaining("http://HOST:PORT");
    }

    @Test
    void proxy_withALogin_isRefusedWithoutPrintingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Registry.at("registry.example").proxy("http://me:opensesame@proxy.example:3128"))
                .withMessageNotContaining("opensesame");
    }

    @Test
    void clientCertificate_thatIsNotThere_isNamed(@TempDir Path directory) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Registry.at("registry.example")
                        .clientCertificate(directory.resolve("my.crt"), directory.resolve("my.key")))
                .withMessageContaining("Client certificate")
                .withMessageContaining("my.crt");
    }
}

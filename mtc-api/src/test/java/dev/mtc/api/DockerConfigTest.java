package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigTest {

    /** {@code me:open:sesame}. */
    private static final String AUTH = "bWU6b3BlbjpzZXNhbWU=";

    @TempDir
    Path directory;

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("config.json"), json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registry.example:5000 | registry.example:5000",
                "registry.example | https://registry.example",
                "registry.example | https://registry.example/v2/",
                "docker.io | https://index.docker.io/v1/",
            })
    void dockerConfig_loginInTheFile_isTaken(String host, String key) throws IOException {
        Path file = file("{'auths': {'other.example': {'auth': 'eDp5'}, '%s': {'auth': '%s'}}}"
                .formatted(key, AUTH)
                .replace('\'', '"'));

        Registry registry = Registry.at(host).dockerConfig(file);

        assertThat(registry.user()).contains("me");
        assertThat(registry.password().orElseThrow().reveal()).isEqualTo("open:sesame");
        assertThat(registry).asString().doesNotContain("sesame");
    }

    @Test
    void dockerConfig_identityToken_isTaken() throws IOException {
        Path file = file(
                """
                {"auths": {"registry.example": {"auth": "MDAwMDo=", "identitytoken": "opensesame"}}}""");

        Registry registry = Registry.at("registry.example").dockerConfig(file);

        assertThat(registry.usesIdentityToken()).isTrue();
        assertThat(registry.password().orElseThrow().reveal()).isEqualTo("opensesame");
        assertThat(registry).hasToString("Registry[registry.example, identity token]");
    }

    @Test
    void dockerConfig_userAndPassword_areTaken() throws IOException {
        Path file = file(
                """
                {"auths": {"registry.example": {"username": "me", "password": "opensesame"}}}""");

        Registry registry = Registry.at("registry.example").dockerConfig(file);

        assertThat(registry.password().orElseThrow().reveal()).isEqualTo("opensesame");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'auths': {'registry.example': {'auth': '?opensesame'}}} | has no user and password",
                "{'auths': {'registry.example': {'auth': 'b3BlbnNlc2FtZQ=='}}} | has no user and password",
                "{'auths': opensesame} | is not JSON (line 1)",
                "{'credsStore': '../sh', 'auths': {'registry.example': {}}} | '../sh' is not the name of a credential helper",
                "{'credHelpers': {'registry.example': 'mtc-none'}} | docker-credential-mtc-none for registry.example cannot be run",
            })
    void dockerConfig_withoutUsableLogin_saysWhy(String json, String message) throws IOException {
        Path file = file(json.replace('\'', '"'));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Registry.at("registry.example").dockerConfig(file))
                .withMessageContaining(message)
                .withMessageNotContaining("opensesame")
                .satisfies(e -> assertThat(e).hasNoCause());
    }

    @Test
    void dockerConfig_withoutALoginForTheHost_staysAnonymous() throws IOException {
        Path file = file("""
                {"auths": {"other.example": {"auth": "%s"}}, "credsStore": "mtc-none"}"""
                .formatted(AUTH));

        assertThat(Registry.at("registry.example").dockerConfig(file).user()).isEmpty();
    }

    @Test
    void dockerConfig_noFile_namesIt() {
        Path missing = directory.resolve("missing.json");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Registry.at("registry.example").dockerConfig(missing))
                .withMessageContaining(missing + " cannot be read");
    }

    @Test
    void usual_takesTheFirstThatIsThere() throws IOException {
        Files.createDirectories(directory.resolve("run/containers"));
        Files.createDirectories(directory.resolve(".docker"));
        Path podman = Files.writeString(directory.resolve("run/containers/auth.json"), "{}");
        Path docker = Files.writeString(directory.resolve(".docker/config.json"), "{}");
        Path named = Files.writeString(directory.resolve("named.json"), "{}");
        String run = directory.resolve("run").toString();

        assertThat(DockerConfig.usual(Map.of(), directory)).isEqualTo(docker);
        assertThat(DockerConfig.usual(Map.of("XDG_RUNTIME_DIR", run), directory))
                .isEqualTo(podman);
        assertThat(DockerConfig.usual(
                        Map.of("XDG_RUNTIME_DIR", run, "REGISTRY_AUTH_FILE", named.toString()), directory))
                .isEqualTo(named);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DockerConfig.usual(Map.of(), directory.resolve("nobody")))
                .withMessageContaining("nobody/.docker/config.json");
    }

    private static CredentialHelper script(String script) {
        return new CredentialHelper(List.of("sh", "-c", script), Duration.ofSeconds(20));
    }

    private DockerConfig empty() throws IOException {
        return DockerConfig.read(file("{}"));
    }

    @Test
    void ofHelper_thatAnswers_takesItsLogin() throws IOException {
        CredentialHelper helper =
                script("read -r server; echo '{\"Username\": \"'$server'\", \"Secret\": \"opensesame\"}'");

        DockerConfig.Login login = empty().ofHelper(helper, "registry.example");

        assertThat(login.user()).isEqualTo("registry.example");
        assertThat(login.secret().reveal()).isEqualTo("opensesame");
    }

    @Test
    void ofHelper_thatFails_saysWhatItSaid() throws IOException {
        DockerConfig config = empty();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.ofHelper(script("echo credentials not found; exit 1"), "registry.example"))
                .withMessageContaining("for registry.example ended with 1: credentials not found");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.ofHelper(script("printf open; echo sesame"), "registry.example"))
                .withMessageContaining("did not answer in JSON")
                .withMessageNotContaining("opensesame");
    }

    @Test
    void ofHelper_thatAnswersWithAnIdentityToken_takesIt() throws IOException {
        CredentialHelper helper = script("echo '{\"Username\": \"<token>\", \"Secret\": \"opensesame\"}'");

        DockerConfig.Login login = empty().ofHelper(helper, "registry.example");

        assertThat(login.isIdentity()).isTrue();
        assertThat(login.secret().reveal()).isEqualTo("opensesame");
    }

    @Test
    void ofHelper_thatHangs_isEnded() throws IOException {
        DockerConfig config = empty();
        CredentialHelper hanging = new CredentialHelper(List.of("sh", "-c", "exec sleep 600"), Duration.ofMillis(200));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.ofHelper(hanging, "registry.example"))
                .withMessageContaining("did not answer within");
    }
}

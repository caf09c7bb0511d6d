package dev.mtc.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Logins as docker, podman and skopeo keep them: in the file itself, or with a credential helper that it names.
 *
 * @param place where it was read, for messages
 * @param content what is in it
 * @param runsHelpers whether programs that it names are run
 */
record DockerConfig(String place, JsonNode content, boolean runsHelpers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCKER_HUB = "docker.io";
    /** Under this name docker keeps the login of its own registry. */
    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";
    /** What a helper gives as user if the secret is a token to get tokens with. */
    private static final String IDENTITY_TOKEN_USER = "<token>";

    /**
     * A user and a password, or an identity token.
     *
     * @param user never blank
     * @param secret never blank
     */
    record Login(String user, Secret secret) {

        boolean isIdentity() {
            return user.equals(IDENTITY_TOKEN_USER);
        }
    }

    static DockerConfig read(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            return parse(Files.readAllBytes(file), "docker config " + file, true);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Docker config " + file + " cannot be read; check its path and permissions", e);
        }
    }

    /** {@return logins out of a text from elsewhere, which must not make us run programs} */
    static DockerConfig of(byte[] json) {
        return parse(json, "the given docker config", false);
    }

    private static DockerConfig parse(byte[] json, String place, boolean runsHelpers) {
        try {
            return new DockerConfig(place, JSON.readTree(json), runsHelpers);
        } catch (JsonProcessingException e) {
            // without the cause, which quotes the text
            throw new IllegalArgumentException(capital(place) + " is not JSON (line "
                    + e.getLocation().getLineNr() + "); give a file as docker login writes it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /**
     * {@return the file that docker, podman and skopeo would take}
     *
     * @param environment variables of the process
     * @param home the user's folder
     */
    static Path usual(Map<String, String> environment, Path home) {
        List<Path> places = Stream.of(
                        at(environment, "REGISTRY_AUTH_FILE", ""),
                        at(environment, "XDG_RUNTIME_DIR", "containers/auth.json"),
                        at(environment, "DOCKER_CONFIG", "config.json"),
                        Optional.of(home.resolve(".docker/config.json")))
                .flatMap(Optional::stream)
                .toList();
        return places.stream()
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no docker config in any of " + places + "; run docker login or name the file"));
    }

    private static Optional<Path> at(Map<String, String> environment, String variable, String below) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(value -> Path.of(value).resolve(below));
    }

    /**
     * {@return the login for a registry, if there is one}
     *
     * @throws IllegalArgumentException if it cannot be used, or its helper fails
     */
    Optional<Login> login(String host) {
        String key = host.equals(DOCKER_HUB) ? DOCKER_HUB_KEY : host;
        return entry(key).flatMap(entry -> ofEntry(host, entry)).or(() -> helper(host)
                .map(name -> ofHelper(CredentialHelper.named(name), key)));
    }

    /** A store for everything is asked only for what was logged in to: docker leaves an empty entry in the file. */
    private Optional<String> helper(String host) {
        if (!runsHelpers) {
            return Optional.empty();
        }
        boolean stored = entry(host.equals(DOCKER_HUB) ? DOCKER_HUB_KEY : host).isPresent();
        return Stream.of(
                        content.path("credHelpers").path(host).asText(),
                        stored ? content.path("credsStore").asText() : "")
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    /** Some tools write a host with scheme and path. */
    private Optional<JsonNode> entry(String key) {
        JsonNode auths = content.path("auths");
        return Stream.of(
                        key,
                        "https://" + key,
                        "https://" + key + "/",
                        "https://" + key + "/v1/",
                        "https://" + key + "/v2/")
                .filter(auths::has)
                .map(auths::path)
                .findFirst();
    }

    private Optional<Login> ofEntry(String host, JsonNode entry) {
        String identity = entry.path("identitytoken").asText();
        if (!identity.isEmpty()) {
            return Optional.of(login(host, IDENTITY_TOKEN_USER, identity));
        }
        if (entry.hasNonNull("username") && entry.hasNonNull("password")) {
            return Optional.of(login(
                    host,
                    entry.path("username").asText(),
                    entry.path("password").asText()));
        }
        String auth = entry.path("auth").asText();
        return auth.isEmpty() ? Optional.empty() : Optional.of(ofAuth(host, auth));
    }

    private Login ofAuth(String host, String auth) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // its message quotes what cannot be decoded
            throw malformed(host);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw malformed(host);
        }
        return login(host, text.substring(0, colon), text.substring(colon + 1));
    }

    private Login login(String host, String user, String password) {
        if (user.isBlank() || password.isBlank()) {
            throw malformed(host);
        }
        return new Login(user, Secret.of(password));
    }

    Login ofHelper(CredentialHelper helper, String key) {
        JsonNode said;
        try {
            said = JSON.readTree(helper.get(key));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Credential helper " + helper + " of " + place
                    + " did not answer in JSON for " + key + "; check it with: echo " + key + " | " + helper + " get");
        }
        return login(key, said.path("Username").asText(), said.path("Secret").asText());
    }

    private IllegalArgumentException malformed(String host) {
        return new IllegalArgumentException("The login for " + host + " in " + place
                + " has no user and password; run docker login " + host + " again");
    }
}

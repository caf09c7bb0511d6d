package dev.mtc.api;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container image registry (OCI distribution specification 1.1) and how to reach it. Immutable; the methods return
 * changed copies.
 *
 * @since 0.1
 */
public final class Registry {

    private static final Pattern PROXY = Pattern.compile("http://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]):([0-9]{1,5})/?");

    private static final int LAST_PORT = 65_535;

    /** What docker and its credential helpers write for a user where the secret is an identity token. */
    private static final String IDENTITY = "<token>";

    private final RegistryDraft draft;

    /** How the connection is secured. */
    public enum Transport {
        /** HTTPS with a verified certificate, the default. */
        TLS,
        /** HTTPS, certificate not verified. */
        TLS_UNVERIFIED,
        /** Plain HTTP. */
        PLAIN_HTTP
    }

    private Registry(RegistryDraft draft) {
        this.draft = draft;
    }

    private Registry with(Consumer<RegistryDraft> change) {
        RegistryDraft copy = draft.copy();
        change.accept(copy);
        return new Registry(copy);
    }

    /**
     * {@return a registry reached anonymously over verified HTTPS}
     *
     * @param host host name or address with an optional port, as image references begin with it, for example
     *     {@code registry.example:5000}; a scheme and a trailing slash are stripped as MTC does
     * @throws IllegalArgumentException if that is not a host
     */
    public static Registry at(String host) {
        String bare = Objects.requireNonNull(host, "host").strip();
        Transport transport = bare.startsWith("http://") ? Transport.PLAIN_HTTP : Transport.TLS;
        bare = bare.replaceFirst("^https?://", "").replaceFirst("/+$", "");
        if (!bare.matches("[A-Za-z0-9.\\-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:]+](:[0-9]{1,5})?")) {
            throw new IllegalArgumentException("Registry host '" + ServerUrl.masked(host)
                    + "' is not a host name with an optional port; write registry.example:5000, without path or user");
        }
        return new Registry(new RegistryDraft(bare, transport));
    }

    /**
     * {@return a copy that logs in}
     *
     * @param user user name
     * @param password password or token
     */
    public Registry credentials(String user, Secret password) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        return with(copy -> {
            copy.user = user;
            copy.password = password;
        });
    }

    /**
     * {@return a copy that logs in with an identity token} Some registries leave one instead of a password when docker logs in. Their
     * token service gives access for it, as an OAuth 2 refresh token; nobody else gets to see it. The user is docker's {@code <token>}.
     *
     * @param token as docker configs hold it in {@code identitytoken}
     */
    public Registry identityToken(Secret token) {
        return credentials(IDENTITY, token);
    }

    /**
     * {@return a copy that logs in as docker, podman and skopeo do} The login is read now: from {@code $REGISTRY_AUTH_FILE},
     * podman's {@code auth.json}, {@code $DOCKER_CONFIG/config.json} or {@code ~/.docker/config.json}, the first that is there.
     *
     * @throws IllegalArgumentException as {@link #dockerConfig(Path)} does, or if there is none of these files
     */
    public Registry dockerConfig() {
        return dockerConfig(DockerConfig.usual(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    /**
     * {@return a copy that logs in as docker, podman and skopeo do} The login is read now, from the file or from the credential
     * helper that it names. Without one there nothing changes, so that the registry is used anonymously.
     *
     * @param file a file as {@code docker login} writes it
     * @throws IllegalArgumentException if the file cannot be read, or its helper fails
     */
    public Registry dockerConfig(Path file) {
        return login(DockerConfig.read(file));
    }

    /**
     * {@return a copy that logs in as the content of a docker config says} Credential helpers that it names are not run.
     * Without a login for the host nothing changes.
     *
     * @param json as a Secret of type {@code kubernetes.io/dockerconfigjson} holds it
     * @throws IllegalArgumentException if that is not JSON
     */
    public Registry dockerConfig(byte[] json) {
        return login(DockerConfig.of(json));
    }

    private Registry login(DockerConfig config) {
        return config.login(host())
                .map(login ->
                        login.isIdentity() ? identityToken(login.secret()) : credentials(login.user(), login.secret()))
                .orElse(this);
    }

    /**
     * {@return a copy whose certificate is checked against the given authorities}
     *
     * @param pem file with PEM certificates
     */
    public Registry caBundle(Path pem) {
        Authorities given = Authorities.in(pem);
        return with(copy -> copy.authorities = given);
    }

    /**
     * {@return a copy whose certificate is checked against the given authorities}
     *
     * @param pem PEM certificates
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public Registry caBundle(byte[] pem) {
        Authorities given = Authorities.of(pem);
        return with(copy -> copy.authorities = given);
    }

    /** {@return a copy reached over plain HTTP} */
    public Registry plainHttp() {
        return with(copy -> copy.transport = Transport.PLAIN_HTTP);
    }

    /** {@return a copy whose certificate is not verified} */
    public Registry insecure() {
        return with(copy -> copy.transport = Transport.TLS_UNVERIFIED);
    }

    /**
     * {@return a copy that makes migrated pods able to pull from it} The engine writes these credentials as an image
     * pull Secret into each target namespace and adds it to the migrated ServiceAccounts. Use read-only credentials.
     *
     * @param user user name for pulling
     * @param password its password or token
     */
    public Registry pullCredentials(String user, Secret password) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        return with(copy -> {
            copy.pullUser = user;
            copy.pullPassword = password;
        });
    }

    /**
     * {@return a copy that shows a certificate of its own to the registry} The files are read now.
     *
     * @param certificate PEM file with the certificate and those that lead to its authority
     * @param key PEM file with its private key in PKCS 8, not encrypted
     * @throws IllegalArgumentException if one of them cannot be read or used
     */
    public Registry clientCertificate(Path certificate, Path key) {
        KeyStore keys = ClientKeys.in(certificate, key);
        return with(copy -> copy.clientKeys = keys);
    }

    /**
     * {@return a copy reached through a proxy, with what it redirects to} Without, the runtime's settings count
     * ({@code -Dhttps.proxyHost} and the like).
     *
     * @param url such as {@code http://proxy.example:3128}
     * @throws IllegalArgumentException if that is no such address
     */
    public Registry proxy(String url) {
        Matcher matcher = PROXY.matcher(Objects.requireNonNull(url, "url"));
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
            throw new IllegalArgumentException("Proxy '" + ServerUrl.masked(url)
                    + "' is not http://HOST:PORT; a login is left to the runtime's Authenticator");
        }
        InetSocketAddress address =
                InetSocketAddress.createUnresolved(matcher.group(1), Integer.parseInt(matcher.group(2)));
        return with(copy -> copy.proxy = address);
    }

    /** {@return host and optional port, the first part of its image references} */
    public String host() {
        return draft.host;
    }

    /** {@return how the connection is secured} */
    public Transport transport() {
        return draft.transport;
    }

    /** {@return the user to log in, if any} */
    public Optional<String> user() {
        return Optional.ofNullable(draft.user);
    }

    /** {@return the password or token to log in, if any} */
    public Optional<Secret> password() {
        return Optional.ofNullable(draft.password);
    }

    /** {@return whether what it logs in with is an {@linkplain #identityToken(Secret) identity token}} */
    public boolean usesIdentityToken() {
        return IDENTITY.equals(draft.user);
    }

    /** {@return the file of trusted authorities, if they were given as a file} */
    public Optional<Path> caBundle() {
        return Optional.ofNullable(draft.authorities).map(Authorities::file);
    }

    /**
     * {@return the PEM certificates of the trusted authorities, if any} Reads their file, if they are in one.
     *
     * @throws java.io.UncheckedIOException if that file cannot be read
     */
    public Optional<String> caCertificates() {
        return Optional.ofNullable(draft.authorities).map(Authorities::pem);
    }

    /** {@return the certificate and key to show to the registry, if any, in a store with an empty password} */
    public Optional<KeyStore> clientKeys() {
        return Optional.ofNullable(draft.clientKeys);
    }

    /** {@return the proxy, unresolved, if one was given} */
    public Optional<InetSocketAddress> proxy() {
        return Optional.ofNullable(draft.proxy);
    }

    /** {@return the user that pods pull with, if any} */
    public Optional<String> pullUser() {
        return Optional.ofNullable(draft.pullUser);
    }

    /** {@return the password that pods pull with, if any} */
    public Optional<Secret> pullPassword() {
        return Optional.ofNullable(draft.pullPassword);
    }

    @Override
    public String toString() {
        return "Registry[" + draft.host + (draft.transport == Transport.TLS ? "" : ", " + draft.transport)
                + (draft.user == null ? "" : usesIdentityToken() ? ", identity token" : ", user " + draft.user)
                + (draft.proxy == null ? "" : ", by " + draft.proxy.getHostString() + ":" + draft.proxy.getPort())
                + "]";
    }
}

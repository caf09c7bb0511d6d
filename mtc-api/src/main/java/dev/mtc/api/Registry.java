package dev.mtc.api;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container image registry (OCI distribution specification 1.1) and how to reach it. Immutable; the methods return
 * changed copies.
 */
public final class Registry {

    private final String host;
    private final @Nullable String user;
    private final @Nullable Secret password;
    private final @Nullable Authorities authorities;
    private final Transport transport;
    private final @Nullable String pullUser;
    private final @Nullable Secret pullPassword;

    /** How the connection is secured. */
    public enum Transport {
        /** HTTPS with a verified certificate, the default. */
        TLS,
        /** HTTPS, certificate not verified. */
        TLS_UNVERIFIED,
        /** Plain HTTP. */
        PLAIN_HTTP
    }

    private Registry(
            String host,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Authorities authorities,
            Transport transport,
            @Nullable String pullUser,
            @Nullable Secret pullPassword) {
        this.host = host;
        this.user = user;
        this.password = password;
        this.authorities = authorities;
        this.transport = transport;
        this.pullUser = pullUser;
        this.pullPassword = pullPassword;
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
        return new Registry(bare, null, null, null, transport, null, null);
    }

    /**
     * {@return a copy that logs in}
     *
     * @param user user name
     * @param password password or token
     */
    public Registry credentials(String user, Secret password) {
        return new Registry(
                host,
                Objects.requireNonNull(user, "user"),
                Objects.requireNonNull(password, "password"),
                authorities,
                transport,
                pullUser,
                pullPassword);
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
     * @throws IllegalArgumentException if the file cannot be read, or has an identity token instead of a password, or its helper
     *     fails
     */
    public Registry dockerConfig(Path file) {
        return DockerConfig.read(file)
                .login(host)
                .map(login -> credentials(login.user(), login.password()))
                .orElse(this);
    }

    /**
     * {@return a copy whose certificate is checked against the given authorities}
     *
     * @param pem file with PEM certificates
     */
    public Registry caBundle(Path pem) {
        return new Registry(host, user, password, Authorities.in(pem), transport, pullUser, pullPassword);
    }

    /**
     * {@return a copy whose certificate is checked against the given authorities}
     *
     * @param pem PEM certificates
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public Registry caBundle(byte[] pem) {
        return new Registry(host, user, password, Authorities.of(pem), transport, pullUser, pullPassword);
    }

    /** {@return a copy reached over plain HTTP} */
    public Registry plainHttp() {
        return new Registry(host, user, password, authorities, Transport.PLAIN_HTTP, pullUser, pullPassword);
    }

    /** {@return a copy whose certificate is not verified} */
    public Registry insecure() {
        return new Registry(host, user, password, authorities, Transport.TLS_UNVERIFIED, pullUser, pullPassword);
    }

    /**
     * {@return a copy that makes migrated pods able to pull from it} The engine writes these credentials as an image
     * pull Secret into each target namespace and adds it to the migrated ServiceAccounts. Use read-only credentials.
     *
     * @param user user name for pulling
     * @param password its password or token
     */
    public Registry pullCredentials(String user, Secret password) {
        return new Registry(
                host,
                this.user,
                this.password,
                authorities,
                transport,
                Objects.requireNonNull(user, "user"),
                Objects.requireNonNull(password, "password"));
    }

    /** {@return host and optional port, the first part of its image references} */
    public String host() {
        return host;
    }

    /** {@return how the connection is secured} */
    public Transport transport() {
        return transport;
    }

    /** {@return the user to log in, if any} */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** {@return the password or token to log in, if any} */
    public Optional<Secret> password() {
        return Optional.ofNullable(password);
    }

    /** {@return the file of trusted authorities, if they were given as a file} */
    public Optional<Path> caBundle() {
        return Optional.ofNullable(authorities).map(Authorities::file);
    }

    /**
     * {@return the PEM certificates of the trusted authorities, if any} Reads their file, if they are in one.
     *
     * @throws java.io.UncheckedIOException if that file cannot be read
     */
    public Optional<String> caCertificates() {
        return Optional.ofNullable(authorities).map(Authorities::pem);
    }

    /** {@return the user that pods pull with, if any} */
    public Optional<String> pullUser() {
        return Optional.ofNullable(pullUser);
    }

    /** {@return the password that pods pull with, if any} */
    public Optional<Secret> pullPassword() {
        return Optional.ofNullable(pullPassword);
    }

    @Override
    public String toString() {
        return "Registry[" + host + (transport == Transport.TLS ? "" : ", " + transport)
                + (user == null ? "" : ", user " + user) + "]";
    }
}

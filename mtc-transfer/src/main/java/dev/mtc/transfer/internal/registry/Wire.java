package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Registry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over the runtime's blocking {@link HttpURLConnection}, which moves blobs with the least processor time
 * and memory. Follows redirects of reading requests and leaves the login behind when they lead to another origin.
 */
final class Wire {

    /** Size of all buffers that blobs go through. */
    static final int BUFFER = 256 * 1024;

    /** How long an answer, or the next piece of one, may take. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;
    private static final String PATCH = "PATCH";
    private static final int CONNECT_MILLIS = 10_000;
    private static final Authenticator PROXIES_ONLY = new ProxiesOnly();

    private final Registry registry;
    private final Trust trust;
    private final @Nullable Proxy proxy;

    private Wire(Registry registry, Trust trust) {
        this.registry = registry;
        this.trust = trust;
        this.proxy = registry.proxy().map(Wire::proxy).orElse(null);
    }

    private static Proxy proxy(InetSocketAddress given) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(given.getHostString(), given.getPort()));
    }

    static Wire to(Registry registry) throws IOException {
        return new Wire(registry, Trust.of(registry));
    }

    /**
     * A request.
     *
     * @param method HTTP method
     * @param uri absolute address
     * @param headers headers
     * @param body what to send, if anything
     */
    record Request(String method, URI uri, Map<String, String> headers, @Nullable Body body) {}

    /** {@return the address of something on the registry} */
    URI resolve(String path) {
        return base().resolve(path);
    }

    private URI base() {
        String scheme = registry.transport() == Registry.Transport.PLAIN_HTTP ? "http" : "https";
        String host = registry.host().matches("(index\\.)?docker\\.io") ? "registry-1.docker.io" : registry.host();
        return URI.create(scheme + "://" + host + "/");
    }

    /** {@return a login that only the registry itself sees} */
    Credential own(String authorization) {
        return new Credential(authorization, Origin.of(base()));
    }

    /**
     * A login and the only one who may see it, wherever redirects lead.
     *
     * @param authorization the header
     * @param origin who sees it
     */
    record Credential(String authorization, Origin origin) {

        @Override
        public String toString() {
            return "Credential[for " + origin + "]";
        }
    }

    /**
     * Sends a request and waits for the answer's head. Redirects of requests with a body are not followed: what they
     * answer is the caller's to judge.
     *
     * @param request what to send
     * @param credential the login, if there is one
     * @param halt breaks the connection
     * @return the answer, to be closed
     */
    Answer send(Request request, @Nullable Credential credential, Halt halt) throws IOException {
        URI uri = request.uri();
        for (int hop = 0; ; hop++) {
            boolean isOwn = credential != null && credential.origin().equals(Origin.of(uri));
            String authorization = credential != null && isOwn ? credential.authorization() : null;
            Answer answer = sendOnce(request, uri, authorization, halt);
            String location = answer.header("Location");
            if (!REDIRECTS.contains(answer.status()) || location == null || request.body() != null) {
                return answer;
            }
            answer.close();
            if (hop == MOST_REDIRECTS) {
                throw new ProtocolException("it redirected " + MOST_REDIRECTS + " times without end");
            }
            uri = uri.resolve(location);
        }
    }

    private Answer sendOnce(Request request, URI uri, @Nullable String authorization, Halt halt) throws IOException {
        HttpURLConnection connection = request.method().equals(PATCH) ? patching(uri) : open(uri);
        connection.setRequestMethod(request.method());
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setRequestProperty("User-Agent", "mtc");
        request.headers().forEach(connection::setRequestProperty);
        if (authorization != null) {
            connection.setRequestProperty("Authorization", authorization);
        }
        Runnable release = halt.onStop(connection::disconnect);
        try {
            halt.check();
            Body body = request.body();
            Duration limit = body == null ? ANSWER_WITHIN : body.answerWithin();
            connection.setReadTimeout((int) limit.toMillis());
            write(connection, body);
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("the answer is not HTTP");
            }
            return new Answer(connection, status, release);
        } catch (IOException | RuntimeException e) {
            release.run();
            connection.disconnect();
            throw e;
        }
    }

    private HttpURLConnection open(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                (proxy == null ? uri.toURL().openConnection() : uri.toURL().openConnection(proxy));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setAuthenticator(PROXIES_ONLY);
        if (connection instanceof HttpsURLConnection secure) {
            trust.applyTo(secure);
        }
        return connection;
    }

    private HttpURLConnection patching(URI uri) throws IOException {
        SSLSocketFactory given = trust.factory(uri);
        SSLSocketFactory tls = given == null ? HttpsURLConnection.getDefaultSSLSocketFactory() : given;
        return new PatchConnection(uri.toURL(), Origin.of(uri).scheme().equals("https") ? tls : null);
    }

    /** {@return whether PATCH requests reach an address, which they do not through proxies} */
    boolean canPatch(URI uri) {
        ProxySelector usual = ProxySelector.getDefault();
        return proxy == null
                && (usual == null || usual.select(uri).stream().allMatch(found -> found.type() == Proxy.Type.DIRECT));
    }

    private static void write(HttpURLConnection connection, @Nullable Body body) throws IOException {
        if (body == null) {
            return;
        }
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length());
        try (OutputStream out = connection.getOutputStream()) {
            body.writeTo(out);
        }
    }

    /** Keeps an authenticator of the application from answering for registries, but lets it answer for proxies. */
    private static final class ProxiesOnly extends Authenticator {

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            if (getRequestorType() != RequestorType.PROXY || Authenticator.getDefault() == null) {
                return null;
            }
            return Authenticator.requestPasswordAuthentication(
                    getRequestingHost(),
                    getRequestingSite(),
                    getRequestingPort(),
                    getRequestingProtocol(),
                    getRequestingPrompt(),
                    getRequestingScheme(),
                    getRequestingURL(),
                    getRequestorType());
        }
    }
}

package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Registry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Calls endpoints of one registry: logs in when asked to, tries again, and says what a refusal means. Thread-safe. */
final class RegistryClient {

    private static final int UNAUTHORIZED = 401;

    private final Registry registry;
    private final Clock clock;
    private final SelfMounting selfMounting = new SelfMounting();
    private final Chunking chunking = new Chunking();
    private volatile @Nullable Session session;

    /**
     * What is kept between calls.
     *
     * @param wire sends requests
     * @param login what the registry asked for
     */
    private record Session(Wire wire, Login login) {}

    RegistryClient(Registry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** {@return the registry's host, as references name it} */
    String host() {
        return registry.host();
    }

    SelfMounting selfMounting() {
        return selfMounting;
    }

    Chunking chunking() {
        return chunking;
    }

    /** {@return whether blobs can be sent there in parts} */
    boolean takesParts(URI upload) throws IOException {
        return !chunking.isRefused() && session().wire().canPatch(upload);
    }

    /** {@return what an endpoint returns, after a few attempts if need be} */
    <T> T call(Endpoint<T> endpoint, Retries retries) throws IOException {
        return retries.call(() -> callOnce(endpoint, retries.halt()));
    }

    /** {@return what an endpoint returns at the first attempt} */
    <T> T callOnce(Endpoint<T> endpoint, Halt halt) throws IOException {
        Tried tried = new Tried(endpoint.trying(), registry.host() + "/" + endpoint.repository());
        try {
            Session open = session();
            String header = open.login().header(endpoint.scopes(), halt);
            Answer answer = send(endpoint, open, header, halt);
            if (answer.status() == UNAUTHORIZED && open.login().refused(answer, endpoint.scopes(), header)) {
                answer.close();
                answer = send(endpoint, open, open.login().header(endpoint.scopes(), halt), halt);
            }
            return read(endpoint, answer, tried);
        } catch (IOException e) {
            throw Refusals.ofFailure(tried, e);
        }
    }

    private static <T> Answer send(Endpoint<T> endpoint, Session open, @Nullable String header, Halt halt)
            throws IOException {
        Wire wire = open.wire();
        return wire.send(
                new Wire.Request(endpoint.method(), wire.resolve(endpoint.path()), endpoint.headers(), endpoint.body()),
                header == null ? null : wire.own(header),
                halt);
    }

    private <T> T read(Endpoint<T> endpoint, Answer answer, Tried tried) throws IOException {
        boolean handedOn = false;
        try {
            if (!endpoint.accepts(answer.status())) {
                RegistryException refusal = Refusals.ofStatus(tried, answer, endpoint.missing(), registry);
                throw endpoint.isPassing(answer.status()) ? refusal.passing() : refusal;
            }
            T result = endpoint.read(answer, tried);
            handedOn = result == answer;
            return result;
        } finally {
            if (!handedOn) {
                answer.close();
            }
        }
    }

    private synchronized Session session() throws IOException {
        Session open = session;
        if (open == null) {
            Wire wire = Wire.to(registry);
            open = new Session(wire, new Login(registry, wire, clock));
            session = open;
        }
        return open;
    }
}

package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a registry that is asked to mount a blob from the very repository it is for says that it is there. Then one request
 * both looks for a blob and begins its upload. Registries may ignore the wish, so it is tried with a blob that was just
 * uploaded. Thread-safe.
 */
final class SelfMounting {

    private static final Logger LOG = LoggerFactory.getLogger(SelfMounting.class);

    private enum State {
        UNKNOWN,
        ASKED,
        WORKS
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

    boolean works() {
        return state.get() == State.WORKS;
    }

    /** No longer believes the registry's answers. */
    void doubt() {
        state.set(State.ASKED);
    }

    /** Asks, once. */
    void learn(RegistryClient client, String repository, Digest present, Halt halt) throws IOException {
        if (!state.compareAndSet(State.UNKNOWN, State.ASKED)) {
            return;
        }
        try {
            Optional<URI> upload = client.callOnce(new UploadStart(repository, present, repository), halt);
            if (upload.isPresent()) {
                client.callOnce(new UploadCancel(repository, upload.get()), halt);
            } else {
                state.compareAndSet(State.ASKED, State.WORKS);
            }
        } catch (RegistryException e) {
            LOG.debug("Blobs are looked for before they are sent: {}", e.getMessage());
        }
    }
}

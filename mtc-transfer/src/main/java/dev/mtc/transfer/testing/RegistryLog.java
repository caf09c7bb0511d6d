package dev.mtc.transfer.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The answered requests of a fake registry. */
final class RegistryLog {

    private final Queue<FakeRegistry.Request> requests = new ConcurrentLinkedQueue<>();

    void add(FakeRegistry.Request request) {
        requests.add(request);
    }

    List<FakeRegistry.Request> all() {
        return List.copyOf(requests);
    }

    void clear() {
        requests.clear();
    }
}

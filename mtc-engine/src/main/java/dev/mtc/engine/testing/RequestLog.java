package dev.mtc.engine.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests, in order of arrival. */
final class RequestLog {

    private static final int MOST = 200_000;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();

    synchronized void add(RecordedRequest request) {
        requests.addLast(request);
        if (requests.size() > MOST) {
            requests.removeFirst();
        }
    }

    synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }
}

package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.PodState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Carries connections of a sender to a receiver through the API servers of both clusters: for each one a command in the
 * sender's pod and one in the receiver's. A command waits in the sender's pod for the next connection; once it has one, another
 * takes its place. Thread-safe.
 */
final class Tunnel implements AutoCloseable {

    private final String owner;
    private final String name;
    private final End sender;
    private final End receiver;
    private final AtomicInteger threads = new AtomicInteger();
    private @Nullable TunnelConnection waiting;
    private @Nullable KubernetesClientException refusal;
    private boolean closed;
    private final Set<TunnelConnection> connections = new HashSet<>();

    /**
     * One end.
     *
     * @param client of the cluster
     * @param pod where commands run
     */
    record End(KubernetesClient client, Pod pod) {

        String uid() {
            return pod.getMetadata().getUid();
        }

        @Override
        public String toString() {
            return PodState.name(pod);
        }
    }

    Tunnel(String owner, String name, End sender, End receiver) {
        this.owner = owner;
        this.name = name;
        this.sender = sender;
        this.receiver = receiver;
    }

    boolean joins(End from, End to) {
        return sender.uid().equals(from.uid()) && receiver.uid().equals(to.uid());
    }

    /**
     * Makes sure that a command waits for the next connection.
     *
     * @throws KubernetesClientException if an API server has forbidden that
     */
    synchronized void await() {
        if (refusal != null) {
            throw refusal;
        }
        if (!closed && waiting == null) {
            TunnelConnection next = new TunnelConnection(this);
            waiting = next;
            connections.add(next);
            thread(next).start();
        }
    }

    Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mtc-tunnel-" + name + "-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    CommandStream accept() {
        return CommandStream.run(sender, "bash", "/mtc/run/accept.sh", owner);
    }

    CommandStream join() {
        return CommandStream.run(receiver, "bash", "/mtc/run/join.sh");
    }

    /** A connection waits no longer. */
    synchronized void taken(TunnelConnection connection) {
        if (waiting == connection) {
            waiting = null;
            await();
        }
    }

    /** A connection has ended. What ends before it has anything to do is replaced at the next look. */
    synchronized void ended(TunnelConnection connection, @Nullable KubernetesClientException problem) {
        connections.remove(connection);
        if (waiting == connection) {
            waiting = null;
        }
        if (problem != null && (problem.getCode() == 401 || problem.getCode() == 403)) {
            refusal = problem;
        }
    }

    @Override
    public void close() {
        List<TunnelConnection> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(connections);
        }
        open.forEach(TunnelConnection::close);
    }
}

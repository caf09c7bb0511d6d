package dev.mtc.transfer.internal.rsync;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection through a tunnel: waits in the sender's pod, then carries bytes both ways until one end is done. */
final class TunnelConnection implements Runnable, AutoCloseable {

    /** What one end has sent last the other needs a moment to take in. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int CHUNK = 64 * 1024;

    private final Tunnel tunnel;
    private @Nullable CommandStream near;
    private @Nullable CommandStream far;
    private boolean closed;

    TunnelConnection(Tunnel tunnel) {
        this.tunnel = tunnel;
    }

    @Override
    public void run() {
        KubernetesClientException problem = null;
        try {
            carry();
        } catch (KubernetesClientException e) {
            problem = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            tunnel.ended(this, problem);
        }
    }

    private void carry() throws InterruptedException {
        CommandStream from = keep(tunnel.accept(), true);
        if (!from.awaitWord("taken")) {
            return;
        }
        tunnel.taken(this);
        CommandStream to = keep(tunnel.join(), false);
        Thread back = tunnel.thread(() -> pump(to, from));
        back.start();
        pump(from, to);
        back.join(GRACE.toMillis());
    }

    /** One that was opened while the tunnel was closed ends at once. */
    private synchronized CommandStream keep(CommandStream stream, boolean isNear) {
        if (isNear) {
            near = stream;
        } else {
            far = stream;
        }
        if (closed) {
            stream.close();
        }
        return stream;
    }

    private static void pump(CommandStream from, CommandStream to) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int length = from.read(chunk); length > 0; length = from.read(chunk)) {
                to.write(chunk, length);
            }
            to.awaitEnd(GRACE);
        } catch (IOException | KubernetesClientException e) {
            // an end that takes nothing more is at its end; what the other has still to say is of no use
            from.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            to.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (near != null) {
            near.close();
        }
        if (far != null) {
            far.close();
        }
    }
}

package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a server and cuts one connection, after so many bytes were sent through all of them: at once, or when the next part
 * of a blob is about to be sent, so that the server has all parts whole.
 */
final class CuttingProxy implements AutoCloseable {

    private static final String PART = "PATCH ";

    private final String host;
    private final int port;
    private final long cutAfter;
    private final When when;
    private final Runnable action;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean hasCut;

    /** Where it cuts. */
    enum When {
        WITHIN_A_PART,
        BETWEEN_PARTS
    }

    /**
     * Starts one.
     *
     * @param address host and port of the server
     * @param cutAfter how many bytes come before the cut, heads of requests among them
     * @param action what happens before the connection ends
     */
    CuttingProxy(String address, long cutAfter, When when, Runnable action) throws IOException {
        this.when = when;
        this.action = action;
        int colon = address.lastIndexOf(':');
        this.host = address.substring(0, colon);
        this.port = Integer.parseInt(address.substring(colon + 1));
        this.cutAfter = cutAfter;
        this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** {@return how many bytes clients have sent in all} */
    long sent() {
        return sent.get();
    }

    boolean hasCut() {
        return hasCut;
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                connect(server.accept());
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket behind;
        try {
            behind = new Socket(host, port);
        } catch (ConnectException e) {
            // a server that is being restarted
            client.close();
            return;
        }
        open.add(client);
        open.add(behind);
        threads.execute(() -> pump(client, behind, true));
        threads.execute(() -> pump(behind, client, false));
    }

    private void pump(Socket from, Socket to, boolean counted) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (counted && when == When.BETWEEN_PARTS && isPart(buffer, count) && cuts()) {
                    return;
                }
                out.write(buffer, 0, count);
                sent.addAndGet(counted ? count : 0);
                if (counted && when == When.WITHIN_A_PART && cuts()) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other direction closed them.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static boolean isPart(byte[] buffer, int count) {
        return new String(buffer, 0, Math.min(count, PART.length()), StandardCharsets.US_ASCII).equals(PART);
    }

    private boolean cuts() {
        synchronized (this) {
            if (hasCut || sent.get() < cutAfter) {
                return false;
            }
            hasCut = true;
        }
        action.run();
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}

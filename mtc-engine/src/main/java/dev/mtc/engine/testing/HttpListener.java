package dev.mtc.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP/1.1 on a loopback port. The JDK's HttpServer sends head and body apart and, unless a property of the
 * whole JVM is set in time, lets Nagle's algorithm hold the second back for 40 ms: 23 requests a second instead of
 * thousands.
 */
final class HttpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int BACKLOG = 512;

    private final ServerSocket server;
    private final ExecutorService threads;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Function<HttpRequest, HttpResponse> handler;

    private HttpListener(ServerSocket server, ExecutorService threads, Function<HttpRequest, HttpResponse> handler) {
        this.server = server;
        this.threads = threads;
        this.handler = handler;
    }

    static HttpListener start(String name, Function<HttpRequest, HttpResponse> handler) {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "mtc-" + name + "-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            HttpListener listener = new HttpListener(server, threads, handler);
            threads.execute(listener::accept);
            return listener;
        } catch (IOException e) {
            threads.shutdownNow();
            throw new UncheckedIOException("No loopback port could be opened for cluster " + name, e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Ends the connections to which streams are being written. */
    void cutStreams() {
        connections.forEach(connection -> closeQuietly(connection::cutStream));
    }

    @Override
    public void close() {
        closeQuietly(server);
        threads.shutdown();
        connections.forEach(connection -> closeQuietly(connection::close));
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException | RejectedExecutionException e) {
                LOG.debug("A connection was not served: the listener is closed or the client gone", e);
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        HttpConnection connection = new HttpConnection(socket, handler);
        connections.add(connection);
        try {
            threads.execute(() -> {
                try {
                    connection.run();
                } finally {
                    connections.remove(connection);
                }
            });
        } catch (RejectedExecutionException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closing is all that was wanted.
            return;
        }
    }
}

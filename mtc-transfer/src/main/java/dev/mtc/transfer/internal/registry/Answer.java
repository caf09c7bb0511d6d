package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a request; closing it gives the connection back, or breaks it if much of the body is left. */
final class Answer implements AutoCloseable {

    /** Reading this much to save a connection is cheaper than opening another. */
    private static final int WORTH_DRAINING = 64 * 1024;

    private final HttpURLConnection connection;
    private final Runnable release;
    private final int status;

    /**
     * Takes over a connection that has answered.
     *
     * @param connection the connection
     * @param status its status
     * @param release to be called on close
     */
    Answer(HttpURLConnection connection, int status, Runnable release) {
        this.connection = connection;
        this.status = status;
        this.release = release;
    }

    int status() {
        return status;
    }

    URI uri() {
        return URI.create(connection.getURL().toString());
    }

    @Nullable
    String header(String name) {
        return connection.getHeaderField(name);
    }

    List<String> headers(String name) {
        return connection.getHeaderFields().entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    /** {@return the declared length of the body, -1 if it is not declared} */
    long length() {
        return connection.getContentLengthLong();
    }

    /** {@return the body of a success} */
    InputStream body() throws IOException {
        return connection.getInputStream();
    }

    /** {@return the beginning of the body, whatever the status} */
    byte[] beginning(int limit) throws IOException {
        InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        return in == null ? new byte[0] : in.readNBytes(limit);
    }

    @Override
    public void close() {
        release.run();
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            boolean isOfOneUse = connection instanceof PatchConnection;
            if (isOfOneUse || (in != null && in.readNBytes(WORTH_DRAINING).length == WORTH_DRAINING)) {
                connection.disconnect();
            }
        } catch (IOException e) {
            connection.disconnect();
        }
    }

    /** Breaks the connection, for a body that is not wanted any more. */
    void abort() {
        release.run();
        connection.disconnect();
    }
}

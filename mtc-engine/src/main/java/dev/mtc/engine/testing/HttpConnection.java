package dev.mtc.engine.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** One connection of a client, served by one thread, one request after the other. */
final class HttpConnection implements Runnable, HttpResponse.Sink {

    private final Socket socket;
    private final BufferedInputStream in;
    private final OutputStream out;
    private final Function<HttpRequest, HttpResponse> handler;
    private volatile boolean streaming;

    HttpConnection(Socket socket, Function<HttpRequest, HttpResponse> handler) throws IOException {
        this.socket = socket;
        this.handler = handler;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    }

    @Override
    public void run() {
        try (socket) {
            boolean open = true;
            while (open) {
                HttpRequest request = HttpRequest.read(in, out);
                open = request != null && answer(handler.apply(request)) && request.keepsAlive();
            }
        } catch (IOException | IllegalArgumentException e) {
            // The peer went away or does not speak HTTP: there is nobody to tell.
            return;
        }
    }

    /** Ends the connection if a stream is being written to it. */
    void cutStream() throws IOException {
        if (streaming) {
            socket.close();
        }
    }

    void close() throws IOException {
        socket.close();
    }

    @Override
    public void begin() throws IOException {
        ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        out.flush();
    }

    @Override
    public void send(byte[] piece) throws IOException {
        ascii(Integer.toHexString(piece.length) + "\r\n");
        out.write(piece);
        ascii("\r\n");
        out.flush();
    }

    @Override
    public boolean isOpen() {
        try {
            socket.setSoTimeout(1);
            in.mark(1);
            int next = in.read();
            in.reset();
            return next >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            waitForeverAgain();
        }
    }

    private void waitForeverAgain() {
        try {
            socket.setSoTimeout(0);
        } catch (SocketException e) {
            // Closed: the next read says so.
            return;
        }
    }

    private boolean answer(HttpResponse response) throws IOException {
        if (response instanceof HttpResponse.Whole whole) {
            writeWhole(whole);
            return true;
        }
        if (response instanceof HttpResponse.Streamed streamed) {
            streaming = true;
            streamed.feed().run(this);
            streaming = false;
            ascii("0\r\n\r\n");
            out.flush();
            return true;
        }
        return false;
    }

    private void writeWhole(HttpResponse.Whole whole) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(whole.code()).append(" \r\n");
        head.append("Content-Type: ").append(whole.contentType()).append("\r\n");
        head.append("Content-Length: ").append(whole.body().length).append("\r\n");
        if (!whole.retryAfter().isZero()) {
            head.append("Retry-After: ").append(whole.retryAfter().toSeconds()).append("\r\n");
        }
        ascii(head.append("\r\n").toString());
        out.write(whole.body());
        out.flush();
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}

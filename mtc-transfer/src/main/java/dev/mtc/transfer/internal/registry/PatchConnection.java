package dev.mtc.transfer.internal.registry;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One PATCH request, which the runtime's own connections refuse to send. Goes straight to the server, over a connection of
 * its own, which ends with the answer. An answer that comes before all is sent is read.
 */
final class PatchConnection extends HttpURLConnection {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final int OK = 200;
    private static final int NOTHING_MORE = 204;

    private final @Nullable SSLSocketFactory tls;
    private final Map<String, List<String>> answer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private volatile @Nullable Socket socket;
    private @Nullable IOException refusal;
    private @Nullable InputStream body;

    /**
     * Prepares a request.
     *
     * @param url where to
     * @param tls secures the connection, null for plain HTTP
     */
    PatchConnection(URL url, @Nullable SSLSocketFactory tls) {
        super(url);
        this.tls = tls;
    }

    @Override
    public void setRequestMethod(String wanted) {
        method = wanted;
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void connect() throws IOException {
        if (connected) {
            return;
        }
        Map<String, List<String>> asked = getRequestProperties();
        connected = true;
        int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        Socket open = new Socket();
        socket = open;
        open.connect(new InetSocketAddress(host, port), getConnectTimeout());
        open.setSoTimeout(getReadTimeout());
        if (tls != null) {
            open = secured(tls, open, host, port);
            socket = open;
        }
        StringBuilder head = new StringBuilder(method + " " + url.getFile() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nConnection: close\r\nContent-Length: " + fixedContentLengthLong + "\r\n");
        asked.forEach((name, values) -> values.forEach(
                value -> head.append(name).append(": ").append(value).append("\r\n")));
        open.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Socket secured(SSLSocketFactory factory, Socket plain, String host, int port) throws IOException {
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private Socket open() throws IOException {
        connect();
        Socket open = socket;
        if (open == null) {
            throw new IOException("it is closed");
        }
        return open;
    }

    /** What the server does not want to read any more is not sent; its answer says why. */
    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = open().getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (refusal == null) {
                    try {
                        out.write(bytes, offset, length);
                    } catch (IOException e) {
                        refusal = e;
                    }
                }
            }
        };
    }

    @Override
    public int getResponseCode() throws IOException {
        if (responseCode < 0) {
            try {
                BufferedInputStream in = new BufferedInputStream(open().getInputStream());
                do {
                    readHead(in);
                } while (responseCode < OK);
                body = body(in);
            } catch (IOException e) {
                throw refusal == null ? e : refusal;
            }
        }
        return responseCode;
    }

    /** The server may keep the connection open whatever was said, so an announced end is kept to. */
    private InputStream body(InputStream in) throws IOException {
        long length = responseCode == NOTHING_MORE ? 0 : getContentLengthLong();
        return length < 0 ? in : new ByteArrayInputStream(in.readNBytes((int) Math.min(length, LONGEST_LINE)));
    }

    private void readHead(InputStream in) throws IOException {
        String[] status = line(in).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[1-5][0-9][0-9]")) {
            throw new ProtocolException("the answer is not HTTP");
        }
        responseCode = Integer.parseInt(status[1]);
        answer.clear();
        int count = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || ++count > MOST_HEADERS) {
                throw new ProtocolException("the answer's head is malformed");
            }
            answer.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended before the answer");
            }
            if (line.length() == LONGEST_LINE) {
                throw new ProtocolException("the answer's head is too long");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        getResponseCode();
        return body == null ? InputStream.nullInputStream() : body;
    }

    @Override
    public @Nullable InputStream getErrorStream() {
        return body;
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        List<String> values = answer.get(name);
        return values == null ? null : values.get(values.size() - 1);
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return Map.copyOf(answer);
    }

    @Override
    public void disconnect() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was broken already.
                return;
            }
        }
    }
}

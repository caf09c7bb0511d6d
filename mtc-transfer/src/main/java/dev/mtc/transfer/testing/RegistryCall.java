package dev.mtc.transfer.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to a fake registry and its answer. */
final class RegistryCall {

    private final HttpExchange exchange;
    private final RegistryLog log;
    private final Operation operation;
    private boolean answered;

    RegistryCall(HttpExchange exchange, RegistryLog log, Operation operation) {
        this.exchange = exchange;
        this.log = log;
        this.operation = operation;
    }

    Operation operation() {
        return operation;
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    @Nullable
    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Nullable
    String query(String name) {
        List<String> values = queries(name);
        return values.isEmpty() ? null : values.get(0);
    }

    List<String> queries(String name) {
        List<String> values = new ArrayList<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                values.add(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    /** {@return the fields of a form, one value of each} */
    Map<String, String> form() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String pair : new String(body(), StandardCharsets.US_ASCII).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    byte[] body() throws IOException {
        return exchange.getRequestBody().readAllBytes();
    }

    byte[] body(long limit) throws IOException {
        return exchange.getRequestBody().readNBytes((int) Math.min(limit, Integer.MAX_VALUE));
    }

    RegistryCall set(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
        return this;
    }

    void answer(int status) throws IOException {
        record(status);
        exchange.sendResponseHeaders(status, status == 204 || method().equals("HEAD") ? -1 : 0);
        exchange.close();
    }

    /** Answers a HEAD with a length, or anything else with a body. */
    void answer(int status, byte[] body) throws IOException {
        answer(status, body, body.length);
    }

    /** Answers with a body of which only the beginning is sent. */
    void answer(int status, byte[] body, long sentBytes) throws IOException {
        record(sentBytes < body.length ? 0 : status);
        if (method().equals("HEAD")) {
            set("Content-Length", "" + body.length);
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            OutputStream out = exchange.getResponseBody();
            out.write(body, 0, (int) Math.min(sentBytes, body.length));
            out.flush();
        }
        exchange.close();
    }

    void refuse(int status, String code, String message) throws IOException {
        refuse(status, errors(code, message));
    }

    void refuse(int status, String json) throws IOException {
        set("Content-Type", "application/json");
        answer(status, json.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return how the distribution specification has an error said} */
    static String errors(String code, String message) {
        return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
    }

    /** Ends the connection without an answer. */
    void cut() {
        record(0);
        exchange.close();
    }

    private void record(int status) {
        if (!answered) {
            answered = true;
            boolean authorized = header("Authorization") != null;
            log.add(new FakeRegistry.Request(operation, method(), path(), status, authorized));
        }
    }
}

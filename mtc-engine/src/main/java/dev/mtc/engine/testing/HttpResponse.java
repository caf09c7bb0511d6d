package dev.mtc.engine.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What is answered: a body at once, pieces over time, or nothing but the end of the connection. */
sealed interface HttpResponse {

    ObjectMapper JSON = new ObjectMapper();

    /** A whole answer; no retry-after if that is zero. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Whole(int code, String contentType, byte[] body, Duration retryAfter) implements HttpResponse {}

    /** An answer in chunks. */
    record Streamed(Feed feed) implements HttpResponse {}

    /** The connection is cut without an answer. */
    record Cut() implements HttpResponse {}

    /** Writes pieces until it returns. */
    interface Feed {
        void run(Sink sink) throws IOException;
    }

    /** Takes pieces. */
    interface Sink {
        /** Tells the reader that pieces will follow. */
        void begin() throws IOException;

        void send(byte[] piece) throws IOException;

        /** {@return whether the reader is still there} */
        boolean isOpen();
    }

    static HttpResponse json(int code, JsonNode tree) {
        return new Whole(code, "application/json", bytes(tree), Duration.ZERO);
    }

    static HttpResponse text(int code, String text) {
        return new Whole(code, "text/plain", text.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree could not be written", e);
        }
    }
}

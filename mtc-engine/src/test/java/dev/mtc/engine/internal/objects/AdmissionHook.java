package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An admission webhook that admits everything, while it is up. */
final class AdmissionHook implements HttpHandler {

    private final Queue<String> admitted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean down;
    private volatile long upAgainNanos = System.nanoTime();

    /** Hangs up on everyone from now on. */
    void down() {
        down = true;
    }

    /** Answers again after a time. */
    void upAfter(Duration length) {
        upAgainNanos = System.nanoTime() + length.toNanos();
        down = false;
    }

    /** {@return what was admitted, as namespace/name} */
    Queue<String> admitted() {
        return admitted;
    }

    int unanswered() {
        return unanswered.get();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ObjectNode review = ExtensionServer.body(exchange);
            if (down || System.nanoTime() - upAgainNanos < 0) {
                unanswered.incrementAndGet();
                return;
            }
            admitted.add(Json.text(review, "request", "namespace") + "/" + Json.text(review, "request", "name"));
            ObjectNode answer = Json.newObject();
            answer.set("apiVersion", review.get("apiVersion"));
            answer.put("kind", "AdmissionReview")
                    .putObject("response")
                    .put("uid", Json.text(review, "request", "uid"))
                    .put("allowed", true);
            ExtensionServer.answer(exchange, 200, answer);
        }
    }
}

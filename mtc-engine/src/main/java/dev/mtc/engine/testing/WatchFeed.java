package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One watch: what happened since a revision, then what happens, until its time is over or the client leaves. */
final class WatchFeed implements HttpResponse.Feed {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofMinutes(30);

    private final Store store;
    private final ResourceType type;
    private final Predicate<JsonNode> selected;
    private final Rendering rendering;
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final List<ObjectNode> initial;
    private final Store.Subscription subscription;
    private final boolean bookmarks;
    private final boolean endsInitial;
    private final long end;
    private long lastRevision;

    private WatchFeed(
            Store store, ResourceType type, Predicate<JsonNode> selected, HttpRequest request, Store.Snapshot initial) {
        this.store = store;
        this.type = type;
        this.selected = selected;
        this.rendering = Rendering.of(request);
        this.initial = initial.objects();
        this.lastRevision = initial.revision();
        this.bookmarks = request.flag("allowWatchBookmarks");
        this.endsInitial = request.flag("sendInitialEvents");
        int seconds = Reads.number(request.parameter("timeoutSeconds"));
        Duration length = seconds == 0 ? USUAL : Duration.ofSeconds(seconds);
        this.end = System.nanoTime() + length.toNanos();
        this.subscription = store.observe(initial.revision(), this::offer);
    }

    static WatchFeed open(Store store, Reads reads, ResourceType type, String namespace, HttpRequest request) {
        Predicate<JsonNode> selected = Reads.selected(type, namespace, request);
        String since = request.parameter("resourceVersion");
        boolean fromNow = since.isEmpty() || since.equals("0") || request.flag("sendInitialEvents");
        return store.exclusively(() -> {
            Store.Snapshot initial = fromNow
                    ? reads.select(type, namespace, request)
                    : new Store.Snapshot(Reads.number(since), List.of());
            return new WatchFeed(store, type, selected, request, initial);
        });
    }

    @Override
    public void run(HttpResponse.Sink sink) throws IOException {
        try {
            sink.begin();
            for (ObjectNode tree : initial) {
                send(sink, "ADDED", rendering.object(type, tree));
            }
            if (endsInitial) {
                sendBookmark(sink, true);
            }
            for (Change change : subscription.backlog()) {
                send(sink, change);
            }
            follow(sink);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscription.end().run();
        }
    }

    private void follow(HttpResponse.Sink sink) throws IOException, InterruptedException {
        long left = end - System.nanoTime();
        while (left > 0) {
            Change change = changes.poll(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            if (change != null) {
                send(sink, change);
            } else if (!sink.isOpen()) {
                return;
            }
            left = end - System.nanoTime();
        }
        if (bookmarks) {
            sendBookmark(sink, false);
        }
    }

    private void offer(Change change) {
        if (change.isOf(type.storage())) {
            changes.add(change);
        }
    }

    /** An object that enters the selection is added for the watcher, one that leaves it is deleted. */
    private void send(HttpResponse.Sink sink, Change change) throws IOException {
        lastRevision = Math.max(lastRevision, change.revision());
        if (!change.isOf(type.storage())) {
            return;
        }
        @Nullable ObjectNode before = change.before();
        boolean was = before != null && selected.test(before);
        boolean is = change.type() != Change.Type.DELETED && selected.test(change.object());
        if (is) {
            send(sink, was ? "MODIFIED" : "ADDED", rendering.object(type, change.object()));
        } else if (was) {
            send(sink, "DELETED", rendering.object(type, change.object()));
        }
    }

    private void sendBookmark(HttpResponse.Sink sink, boolean initialEnd) throws IOException {
        ObjectNode mark = Trees.object("kind", type.kind(), "apiVersion", type.apiVersion());
        long revision = changes.isEmpty() && !initialEnd ? Math.max(lastRevision, store.revision()) : lastRevision;
        Trees.meta(mark).put("resourceVersion", Long.toString(revision));
        if (initialEnd) {
            Trees.in(mark, "metadata", "annotations").put("k8s.io/initial-events-end", "true");
        }
        send(sink, "BOOKMARK", mark);
    }

    private static void send(HttpResponse.Sink sink, String kind, JsonNode object) throws IOException {
        ObjectNode event = Trees.object("type", kind);
        event.set("object", object);
        byte[] json = HttpResponse.bytes(event);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        sink.send(line);
    }
}

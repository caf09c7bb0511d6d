package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a cluster under one growing revision. Trees that are in the store never change: a write puts a new
 * one. Writes are serialised by one lock, single reads need none.
 */
final class Store {

    /** Objects as they were at a revision. */
    record Snapshot(long revision, List<ObjectNode> objects) {}

    /** What a watcher missed, and what takes it off the list again. */
    record Subscription(List<Change> backlog, Runnable end) {}

    private static final int HISTORY = 10_000;

    private final Map<String, ConcurrentSkipListMap<ObjectKey, ObjectNode>> kinds = new ConcurrentHashMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Consumer<Change>> observers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long revision = 1;
    private long forgotten;

    /** Runs something during which nothing else is written. */
    <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    long revision() {
        return revision;
    }

    @Nullable
    ObjectNode find(String storage, ObjectKey key) {
        return kind(storage).get(key);
    }

    /** {@return all objects of the kind, of one namespace unless that is empty} */
    Snapshot list(String storage, String namespace) {
        return exclusively(() -> new Snapshot(revision, new ArrayList<>(view(storage, namespace))));
    }

    /** {@return the same without a copy: what is written meanwhile may be in it or not} */
    Collection<ObjectNode> view(String storage, String namespace) {
        ConcurrentSkipListMap<ObjectKey, ObjectNode> all = kind(storage);
        if (namespace.isEmpty()) {
            return all.values();
        }
        return all.subMap(new ObjectKey(namespace, ""), new ObjectKey(namespace + "\0", ""))
                .values();
    }

    /** Stores a tree, which the caller gives away, under the next revision. */
    ObjectNode put(String storage, ObjectKey key, ObjectNode tree) {
        return exclusively(() -> {
            long next = revision + 1;
            Trees.meta(tree).put("resourceVersion", Long.toString(next));
            ObjectNode before = kind(storage).put(key, tree);
            Change.Type type = before == null ? Change.Type.ADDED : Change.Type.MODIFIED;
            publish(new Change(type, next, storage, key, before, tree));
            return tree;
        });
    }

    ObjectNode remove(String storage, ObjectKey key, ObjectNode lastState) {
        return exclusively(() -> {
            long next = revision + 1;
            ObjectNode tree = lastState.deepCopy();
            Trees.meta(tree).put("resourceVersion", Long.toString(next));
            ObjectNode before = kind(storage).remove(key);
            publish(new Change(Change.Type.DELETED, next, storage, key, before, tree));
            return tree;
        });
    }

    /** Tells of each change from now on, while the change's writer still holds the lock: be quick. */
    Runnable observe(Consumer<Change> observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    /** Tells of each change after a revision: the past ones in the answer, those to come by the observer. */
    Subscription observe(long after, Consumer<Change> observer) {
        return exclusively(() -> {
            if (after < forgotten) {
                throw ApiError.expired("too old resource version: " + after + " (" + forgotten + ")");
            }
            List<Change> backlog =
                    history.stream().filter(c -> c.revision() > after).toList();
            return new Subscription(backlog, observe(observer));
        });
    }

    /** Forgets what happened, so that a watch from an older revision is gone, as after a compaction. */
    void compact() {
        exclusively(() -> {
            history.clear();
            forgotten = revision;
            return forgotten;
        });
    }

    private void publish(Change change) {
        revision = change.revision();
        history.addLast(change);
        if (history.size() > HISTORY) {
            forgotten = history.removeFirst().revision();
        }
        observers.forEach(observer -> observer.accept(change));
    }

    private ConcurrentSkipListMap<ObjectKey, ObjectNode> kind(String storage) {
        return kinds.computeIfAbsent(storage, k -> new ConcurrentSkipListMap<>());
    }
}

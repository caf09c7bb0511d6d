package dev.mtc.engine.internal;

import dev.mtc.api.spi.MoveRequest;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a mover of a test does, and what it was asked to do. */
final class Script {

    /** Bytes that it says to have moved of each thing. */
    static final long BYTES = 1000;

    static final TransferStatus SUCCESS = new TransferStatus.Succeeded(BYTES, BYTES, "equal", List.of());
    private static final TransferStatus RUNNING = new TransferStatus.Running(
            10, OptionalLong.of(BYTES), "held", new TransferStatus.Helper("sender", 2, 5));

    final Map<String, AtomicInteger> starts = new ConcurrentHashMap<>();
    final Set<String> canceled = ConcurrentHashMap.newKeySet();
    final Set<String> cleaned = ConcurrentHashMap.newKeySet();
    final List<MoverContext> contexts = new CopyOnWriteArrayList<>();
    private volatile Function<MoveRequest, TransferStatus> status = request -> SUCCESS;
    volatile @Nullable MoverContext polledWith;
    private volatile Consumer<MoverContext> beginning = context -> {};

    static Script succeeding() {
        return new Script();
    }

    static Script holding() {
        return new Script().answer(request -> RUNNING);
    }

    Script answer(Function<MoveRequest, TransferStatus> answer) {
        status = answer;
        return this;
    }

    /** Does something whenever a copy begins. */
    void begin(Consumer<MoverContext> action) {
        beginning = action;
    }

    /** Lets everything succeed from now on. */
    void release() {
        status = request -> SUCCESS;
    }

    static TransferStatus running() {
        return RUNNING;
    }

    int started() {
        return starts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    TransferRef start(MoveRequest request, MoverContext context) {
        contexts.add(context);
        beginning.accept(context);
        starts.computeIfAbsent(request.toString(), key -> new AtomicInteger()).incrementAndGet();
        return new TransferRef("scripted", request.key());
    }

    TransferStatus poll(MoveRequest request, MoverContext context) {
        polledWith = context;
        return status.apply(request);
    }

    void cancel(MoveRequest request) {
        canceled.add(request.toString());
    }

    boolean cleanUp(MoveRequest request) {
        return !cleaned.add(request.toString());
    }
}

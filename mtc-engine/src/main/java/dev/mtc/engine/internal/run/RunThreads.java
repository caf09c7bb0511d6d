package dev.mtc.engine.internal.run;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads of one run: daemons named after it, gone when it ends. A given executor is used and never closed. */
public final class RunThreads implements AutoCloseable {

    private final String runId;
    private final @Nullable ExecutorService own;
    private final Executor executor;

    /** Makes the threads of a run. */
    public RunThreads(String runId, @Nullable Executor given) {
        this.runId = runId;
        this.own = given == null ? Executors.newCachedThreadPool(factory("")) : null;
        this.executor = given == null ? Objects.requireNonNull(own) : given;
    }

    /** {@return where work runs} */
    public Executor executor() {
        return executor;
    }

    ThreadFactory factory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            String suffix = name.isEmpty() ? String.valueOf(count.incrementAndGet()) : name;
            Thread thread = new Thread(task, "mtc-" + runId + "-" + suffix);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        if (own != null) {
            own.shutdownNow();
        }
    }
}

package dev.mtc.engine.internal.run;

import dev.mtc.api.MigrationRun;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The threads of one run: daemons named after it, gone when it ends. A given executor is used and never closed. */
public final class RunThreads implements AutoCloseable {

    private final String runId;
    private final @Nullable ExecutorService own;
    private final Executor executor;

    /** Makes the threads of a run. */
    public RunThreads(String runId, @Nullable Executor given) {
        this.runId = runId;
        this.own = given == null ? Executors.newCachedThreadPool(factory("")) : null;
        this.executor = given == null ? Objects.requireNonNull(own) : task -> given.execute(marked(task));
    }

    /** {@return where work runs} */
    public Executor executor() {
        return executor;
    }

    ThreadFactory factory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            String suffix = name.isEmpty() ? String.valueOf(count.incrementAndGet()) : name;
            Thread thread = new Thread(marked(task), "mtc-" + runId + "-" + suffix);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@return a task whose logs have the run's id, and that leaves the thread's context as it was} */
    private Runnable marked(Runnable task) {
        return () -> {
            String before = MDC.get(MigrationRun.MDC_KEY);
            MDC.put(MigrationRun.MDC_KEY, runId);
            try {
                task.run();
            } finally {
                if (before == null) {
                    MDC.remove(MigrationRun.MDC_KEY);
                } else {
                    MDC.put(MigrationRun.MDC_KEY, before);
                }
            }
        };
    }

    @Override
    public void close() {
        if (own != null) {
            own.shutdownNow();
        }
    }
}

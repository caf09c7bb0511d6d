package dev.mtc.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.MigrationRun;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;

class RunThreadsTest {

    @BeforeEach
    void keepContext() throws ReflectiveOperationException {
        use(new BasicMDCAdapter());
    }

    @AfterEach
    void forgetContext() throws ReflectiveOperationException {
        use(new NOPMDCAdapter());
    }

    /** The logging backend of the tests keeps none. */
    private static void use(MDCAdapter adapter) throws ReflectiveOperationException {
        Method setter = MDC.class.getDeclaredMethod("setMDCAdapter", MDCAdapter.class);
        setter.setAccessible(true);
        setter.invoke(null, adapter);
    }

    @Test
    void ownThreads_haveTheRunsId() throws Exception {
        try (RunThreads threads = new RunThreads("run-1", null)) {
            String seen = CompletableFuture.supplyAsync(() -> MDC.get(MigrationRun.MDC_KEY), threads.executor())
                    .get(30, TimeUnit.SECONDS);

            assertThat(seen).isEqualTo("run-1");
        }
    }

    @Test
    void givenExecutor_hasTheRunsIdDuringTheTaskOnly() {
        List<String> seen = new ArrayList<>();
        MDC.put(MigrationRun.MDC_KEY, "outer");
        try (RunThreads outer = new RunThreads("run-1", Runnable::run);
                RunThreads inner = new RunThreads("run-2", Runnable::run)) {
            outer.executor().execute(() -> {
                inner.executor().execute(() -> seen.add(MDC.get(MigrationRun.MDC_KEY)));
                seen.add(MDC.get(MigrationRun.MDC_KEY));
            });
        }
        seen.add(MDC.get(MigrationRun.MDC_KEY));
        MDC.remove(MigrationRun.MDC_KEY);

        assertThat(seen).containsExactly("run-2", "run-1", "outer");
    }
}

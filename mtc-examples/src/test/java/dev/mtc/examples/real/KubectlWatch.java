package dev.mtc.examples.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code kubectl get -w} beside a test, row by row. */
final class KubectlWatch implements AutoCloseable {

    private static final int LIMIT_SECONDS = 30;

    private final Process process;
    private final BufferedReader printed;

    KubectlWatch(Process process) {
        this.process = process;
        this.printed = process.inputReader();
    }

    /** {@return the rows until one is as wanted, which comes last} */
    List<String> until(Predicate<String> wanted) {
        return CompletableFuture.supplyAsync(() -> read(wanted))
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private List<String> read(Predicate<String> wanted) {
        List<String> rows = new ArrayList<>();
        try {
            String row = printed.readLine();
            while (row != null) {
                rows.add(row);
                if (wanted.test(row)) {
                    return rows;
                }
                row = printed.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("kubectl ended after " + rows);
    }

    @Override
    public void close() {
        process.destroy();
    }
}

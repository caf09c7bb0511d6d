package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run has brought to its targets or is bringing there, so that a blob in many images crosses the network once.
 * Thread-safe.
 */
final class SharedBlobs {

    /** Brings a blob to a target. */
    @FunctionalInterface
    interface Bringer {

        /**
         * Brings it.
         *
         * @param from a repository of the target's registry that has the blob, if one is known
         */
        void bring(@Nullable String from) throws IOException;
    }

    private final Map<String, CompletableFuture<String>> arrivals = new ConcurrentHashMap<>();

    /**
     * Makes sure that a blob is in a repository.
     *
     * @param registry the target's registry
     * @param repository the target
     * @param blob the blob
     * @param halt ends waiting for another transfer that brings the blob
     * @param bringer called at most once, by one transfer at a time
     */
    void ensure(String registry, String repository, Digest blob, Halt halt, Bringer bringer) throws IOException {
        String first = once(registry + " " + blob, repository, halt, () -> bringer.bring(null));
        if (!first.equals(repository)) {
            once(registry + "/" + repository + " " + blob, repository, halt, () -> bringer.bring(first));
        }
    }

    /** Something done once. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** {@return the repository named by whoever did the step, now or earlier} */
    private String once(String key, String repository, Halt halt, Step step) throws IOException {
        while (true) {
            CompletableFuture<String> mine = new CompletableFuture<>();
            CompletableFuture<String> other = arrivals.putIfAbsent(key, mine);
            if (other == null) {
                lead(key, mine, repository, step);
                return repository;
            }
            halt.await(other);
            if (!other.isCompletedExceptionally()) {
                return other.join();
            }
        }
    }

    private void lead(String key, CompletableFuture<String> mine, String repository, Step step) throws IOException {
        try {
            step.run();
            mine.complete(repository);
        } finally {
            if (!mine.isDone()) {
                arrivals.remove(key, mine);
                mine.cancel(false);
            }
        }
    }

    /** Forgets everything, for a target that lost what it had. */
    void forget() {
        arrivals.values().removeIf(CompletableFuture::isDone);
    }
}

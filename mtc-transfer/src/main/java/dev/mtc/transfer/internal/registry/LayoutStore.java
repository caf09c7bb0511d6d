package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/**
 * An object store as one transfer uses it: tries again what may pass, and says in the transfer's terms what failed. Stores
 * wait for servers in ways that only an interrupt ends, which is what a stop does.
 */
final class LayoutStore {

    private final ObjectStore store;
    private final Retries retries;

    LayoutStore(ObjectStore store, Retries retries) {
        this.store = store;
        this.retries = retries;
    }

    Halt halt() {
        return retries.halt();
    }

    Optional<ObjectStat> stat(String key) throws IOException {
        return tried(new Tried("look for " + key, store.description()), () -> store.stat(key));
    }

    ObjectStat put(String key, Content content) throws IOException {
        return tried(new Tried("write " + key, store.description()), () -> store.put(key, content));
    }

    /** {@return whether it was written; else it was there already, or another was first} */
    boolean putIfAbsent(String key, Content content) throws IOException {
        return tried(new Tried("write " + key, store.description()), () -> store.putIfAbsent(key, content));
    }

    void delete(String key) throws IOException {
        tried(new Tried("delete " + key, store.description()), () -> {
            store.delete(key);
            return key;
        });
    }

    InputStream open(String key, long offset) throws IOException {
        return tried(new Tried("read " + key, store.description()), () -> store.open(key, offset));
    }

    /** {@return all of an object, at most as long as that} */
    byte[] read(String key, int most) throws IOException {
        Tried tried = new Tried("read " + key, store.description());
        return tried(tried, () -> {
            try (InputStream in = store.open(key, 0)) {
                return in.readNBytes(most);
            } catch (IOException e) {
                throw Refusals.ofFailure(tried, e);
            }
        });
    }

    private <T> T tried(Tried tried, Retries.Attempt<T> attempt) throws IOException {
        return retries.call(() -> {
            Runnable done = halt().onStop(Thread.currentThread()::interrupt);
            try {
                return attempt.run();
            } catch (StorageAccessException e) {
                throw failure(tried, e);
            } catch (UncheckedIOException e) {
                throw Refusals.ofFailure(tried, known(e));
            } finally {
                done.run();
                if (halt().isStopped()) {
                    Thread.interrupted(); // so that it does not disturb what this thread does next
                }
            }
        });
    }

    /** What a stream that is put throws comes back wrapped by the store. */
    private static IOException known(UncheckedIOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException || cause instanceof StoppedException) {
                return (IOException) cause;
            }
        }
        return Objects.requireNonNull(failure.getCause());
    }

    private static RegistryException failure(Tried tried, StorageAccessException failure) {
        boolean passing = failure.remedy() == Remedy.RETRY;
        return RegistryException.of(
                        passing ? Kind.TRANSIENT : Kind.USER_FIXABLE,
                        "StorageFailure",
                        tried.but(
                                "" + failure.getMessage(),
                                passing ? "look at the store, then resume" : "mend the cause, then resume"))
                .causedBy(failure);
    }

    /** {@return the failure of an object that is gone or not what its key says} */
    RegistryException damaged(String key, String why) {
        return RegistryException.of(
                Kind.USER_FIXABLE,
                "RepositoryDamaged",
                new Tried("read " + key, store.description())
                        .but(
                                why,
                                "delete this object if it is there and run the migration again, which copies it anew"));
    }

    String description() {
        return store.description();
    }
}

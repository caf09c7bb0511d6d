package dev.mtc.api;

import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.RepositoryKeeper;
import dev.mtc.api.spi.StorageProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Looks after what indirect migrations leave in a repository for the next ones: what is there, and the removal of what no
 * plan needs. Captured objects are no part of it; the newest of each plan stay as they are. Every call does I/O. Immutable.
 */
public final class Repository {

    private final Storage storage;

    private Repository(Storage storage) {
        this.storage = storage;
    }

    /**
     * {@return the repository in a storage}
     *
     * @param storage as plans have it in {@link PlanBuilder#via}
     */
    public static Repository of(Storage storage) {
        return new Repository(Objects.requireNonNull(storage, "storage"));
    }

    /**
     * {@return what is in it}
     *
     * @throws StorageAccessException if it cannot be read
     */
    public RepositoryInventory inventory() {
        return each(
                (keeper, store) -> keeper.inventory(store),
                new RepositoryInventory(List.of(), 0, 0),
                RepositoryInventory::and);
    }

    /**
     * Removes what no plan needs: what no plan has named since it was {@linkplain #forget forgotten}, and what the newest run
     * of its plan has not used. Anything written or used within the given time stays, so this may run beside migrations that
     * take no longer than that.
     *
     * @param unusedFor at least as long as any migration takes, for example a day
     * @return what was removed
     * @throws StorageAccessException if it cannot be read, or if something in it is damaged so that it is not known what is
     *     needed; what was removed until then stays removed
     */
    public RepositoryGarbage collectGarbage(Duration unusedFor) {
        if (unusedFor.isNegative()) {
            throw new IllegalArgumentException("The time " + unusedFor + " is negative; use a day, for example");
        }
        Instant before = Instant.now().minus(unusedFor);
        return each(
                (keeper, store) -> keeper.collectGarbage(store, before),
                new RepositoryGarbage(0, 0),
                RepositoryGarbage::and);
    }

    /**
     * Forgets what a plan has, which is then no longer needed unless other plans need it. Does nothing if it has nothing. A
     * migration of the plan brings it anew.
     *
     * @param plan what the plan is called in {@link #inventory}
     * @throws StorageAccessException if it cannot be written
     */
    public void forget(String plan) {
        Objects.requireNonNull(plan, "plan");
        each(
                (keeper, store) -> {
                    keeper.forget(store, plan);
                    return plan;
                },
                plan,
                (one, other) -> one);
    }

    private <T> T each(BiFunction<RepositoryKeeper, ObjectStore, T> work, T nothing, BinaryOperator<T> sum) {
        try (ObjectStore store = open()) {
            return providers(RepositoryKeeper.class)
                    .map(keeper -> work.apply(keeper, store))
                    .reduce(nothing, sum);
        }
    }

    private ObjectStore open() {
        return providers(StorageProvider.class)
                .filter(provider -> provider.supports(storage))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Nothing on the class path opens " + storage + "; add the dependency dev.mtc:mtc-transfer"))
                .open(storage);
    }

    private static <T> Stream<T> providers(Class<T> type) {
        return ServiceLoader.load(type, Repository.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get);
    }

    @Override
    public String toString() {
        return "Repository[" + storage + "]";
    }
}

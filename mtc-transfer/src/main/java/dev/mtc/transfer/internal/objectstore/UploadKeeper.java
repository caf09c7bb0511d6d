package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Problem;
import dev.mtc.api.RepositoryFindings;
import dev.mtc.api.RepositoryGarbage;
import dev.mtc.api.RepositoryInventory;
import dev.mtc.api.RepositoryKeeper;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Looks after uploads that nobody will complete, those of mover pods among them. They belong to no plan. */
public final class UploadKeeper implements RepositoryKeeper {

    /** Nobody is still sending what began so long ago. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    /** For {@link java.util.ServiceLoader}. */
    public UploadKeeper() {}

    @Override
    public String id() {
        return "uploads";
    }

    /** Servers do not tell their sizes. */
    @Override
    public RepositoryInventory inventory(Storage storage) {
        return new RepositoryInventory(List.of(), 0, 0);
    }

    @Override
    public RepositoryFindings check(Storage storage) {
        try (ObjectStore store = Stores.open(storage)) {
            List<String> keys = store instanceof UnfinishedUploads uploads
                    ? uploads.unfinished(Instant.now().minus(ABANDONED))
                    : List.of();
            return new RepositoryFindings(
                    0,
                    0,
                    keys.stream()
                            .map(key -> Problem.warning(
                                    key,
                                    "UnfinishedUpload",
                                    "an upload of it was begun more than a day ago and takes room",
                                    "collect garbage"))
                            .toList());
        }
    }

    @Override
    public RepositoryGarbage collectGarbage(Storage storage, Instant unusedSince) {
        try (ObjectStore store = Stores.open(storage)) {
            return new RepositoryGarbage(
                    0, 0, store instanceof UnfinishedUploads uploads ? uploads.removeUnfinished(unusedSince) : 0);
        }
    }

    @Override
    public void forget(Storage storage, String plan) {
        // no plan has any
    }
}

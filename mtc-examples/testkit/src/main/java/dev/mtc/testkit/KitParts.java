package dev.mtc.testkit;

import dev.mtc.api.DirectoryStorage;
import dev.mtc.api.Provider;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.transfer.testing.DirectoryVolumes;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a kit holds during a test. */
record KitParts(
        Path directory,
        EmbeddedCluster source,
        EmbeddedCluster target,
        FakeRegistry sourceRegistry,
        FakeRegistry targetRegistry,
        MemoryObjectStore store,
        DirectoryVolumes volumes,
        MovableClock clock,
        PhaseFaults faults)
        implements AutoCloseable {

    static KitParts start(String sourceVersion, String targetVersion) throws IOException {
        Path directory = Files.createTempDirectory("mtc-testkit");
        KitParts parts = new KitParts(
                directory,
                EmbeddedCluster.builder("source").version(sourceVersion).start(),
                EmbeddedCluster.builder("target").version(targetVersion).start(),
                FakeRegistry.open(),
                FakeRegistry.open(),
                MemoryObjectStore.empty(),
                DirectoryVolumes.in(directory.resolve("volumes")),
                new MovableClock(),
                new PhaseFaults());
        parts.target.images().except(parts.sourceRegistry.host() + "/");
        return parts;
    }

    /** Names the store in plans; its directory is never looked at. */
    DirectoryStorage storage() {
        return new DirectoryStorage("kit", directory.resolve("store"));
    }

    List<Provider> providers() {
        return List.of(volumes.mover(), new KitStorage(storage(), store), faults);
    }

    /** {@return how many connections were cut so far} */
    long cuts() {
        return volumes.cuts() + sourceRegistry.cuts() + targetRegistry.cuts() + store.cuts();
    }

    /** Closes everything whatever some of it throws, and deletes the volumes when nothing writes to them any more. */
    @Override
    public void close() throws IOException {
        List<Closing> all = List.of(
                volumes::close,
                source::close,
                target::close,
                sourceRegistry::close,
                targetRegistry::close,
                this::delete);
        IOException failure = null;
        for (Closing one : all) {
            try {
                one.close();
            } catch (IOException | RuntimeException e) {
                if (failure == null) {
                    failure = new IOException("The kit is not closed: " + e, e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @FunctionalInterface
    private interface Closing {
        void close() throws IOException;
    }

    private void delete() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

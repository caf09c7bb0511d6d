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
        return new KitParts(
                directory,
                EmbeddedCluster.builder("source").version(sourceVersion).start(),
                EmbeddedCluster.builder("target").version(targetVersion).start(),
                FakeRegistry.open(),
                FakeRegistry.open(),
                MemoryObjectStore.empty(),
                DirectoryVolumes.in(directory.resolve("volumes")),
                new MovableClock(),
                new PhaseFaults());
    }

    /** Names the store in plans; its directory is never looked at. */
    DirectoryStorage storage() {
        return new DirectoryStorage("kit", directory.resolve("store"));
    }

    List<Provider> providers() {
        return List.of(volumes.mover(), new KitStorage(storage(), store), faults);
    }

    @Override
    public void close() throws IOException {
        volumes.close();
        source.close();
        target.close();
        sourceRegistry.close();
        targetRegistry.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.DirectoryStorageProvider;
import dev.mtc.transfer.testing.MemoryObjectStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of image movers, both ways, with stores in memory and in a directory. */
class RepositoryMoverContractIT {

    private abstract static class InMemory extends RepositoryMoverContract {
        @Override
        ObjectStore open() {
            return MemoryObjectStore.empty();
        }
    }

    private abstract static class InDirectory extends RepositoryMoverContract {
        @TempDir
        Path directory;

        @Override
        ObjectStore open() {
            return new DirectoryStorageProvider().open(Storage.directory(directory));
        }
    }

    @Nested
    class ToMemory extends InMemory {
        @Override
        Leg leg() {
            return Leg.TO_THE_REPOSITORY;
        }
    }

    @Nested
    class FromMemory extends InMemory {
        @Override
        Leg leg() {
            return Leg.FROM_THE_REPOSITORY;
        }
    }

    @Nested
    class ToDirectory extends InDirectory {
        @Override
        Leg leg() {
            return Leg.TO_THE_REPOSITORY;
        }
    }

    @Nested
    class FromDirectory extends InDirectory {
        @Override
        Leg leg() {
            return Leg.FROM_THE_REPOSITORY;
        }
    }
}

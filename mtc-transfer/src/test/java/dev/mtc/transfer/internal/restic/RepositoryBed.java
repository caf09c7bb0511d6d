package dev.mtc.transfer.internal.restic;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Side;
import dev.mtc.api.Storage;
import dev.mtc.api.contract.VolumeMoverContract;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.transfer.internal.objectstore.Stores;
import dev.mtc.transfer.internal.pods.RealBed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Two real clusters and a part of a real bucket for one test class; closing it empties all of them. */
final class RepositoryBed implements AutoCloseable {

    static final String PLAN = "it-12345678";

    private final S3Storage storage = Storage.s3(variable("MTC_S3_BUCKET"), variable("MTC_S3_ENDPOINT"))
            .pathStyleAccess()
            .region(variable("MTC_S3_REGION"))
            .credentials(variable("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"))
            .prefix("it-restic-" + UUID.randomUUID() + "/");
    private final ObjectStore store = Stores.open(storage);
    private final RealBed bed;

    RepositoryBed(String namespace) {
        bed = new RealBed(Map.of(Side.SOURCE, namespace + "-a", Side.TARGET, namespace + "-b"));
    }

    static String variable(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("The environment variable " + name
                    + " is not set; these tests need an S3 server, see mtc-examples/testbed/README.md");
        }
        return value;
    }

    RealBed clusters() {
        return bed;
    }

    S3Storage storage() {
        return storage;
    }

    ObjectStore store() {
        return store;
    }

    /** {@return a context whose run has never been before} */
    MoverContext context() {
        return context(storage);
    }

    /** {@return one whose pods reach another storage than this process} */
    MoverContext context(S3Storage ofPods) {
        return new StoreContext(ofPods, store, bed.context());
    }

    /** {@return the same pair through the repository} */
    static VolumeMoverContract.Volumes through(RealBed.Pair pair) {
        return new VolumeMoverContract.Volumes() {
            @Override
            public VolumeMove move(String key, VolumeMove.Pass pass) {
                return RepositoryBed.move(pair, key, pass);
            }

            @Override
            public String onSource(String command) {
                return pair.onSource(command);
            }

            @Override
            public String onTarget(String command) {
                return pair.onTarget(command);
            }
        };
    }

    static VolumeMove move(RealBed.Pair pair, String key, VolumeMove.Pass pass) {
        VolumeMove direct = pair.move(key, pass);
        return new VolumeMove(direct.key(), direct.source(), direct.target(), direct.choice(), pass, PLAN);
    }

    /** {@return the keys of the objects with a prefix} */
    List<String> keys(String prefix) {
        try (Stream<ObjectStat> objects = store.list(prefix)) {
            return objects.map(ObjectStat::key).toList();
        }
    }

    @Override
    public void close() {
        bed.close();
        keys("").forEach(store::delete);
        store.close();
    }
}

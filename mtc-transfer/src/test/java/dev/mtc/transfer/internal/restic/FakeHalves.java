package dev.mtc.transfer.internal.restic;

import dev.mtc.transfer.internal.pods.FakePods;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The objects of a transfer in memory; tests are the kubelet. */
final class FakeHalves extends FakePods<Half> implements Halves {

    final Map<Half, Integer> lastAttempts = new EnumMap<>(Half.class);
    boolean started;
    Stored stored;

    void start() {
        started = true;
        create(Half.BACKUP, 1);
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public String logTail(Half half, Pod pod) {
        return log;
    }

    @Override
    public String claim(Half half) {
        return half == Half.RESTORE ? "target/files (not bound, storage class slow)" : "source/files";
    }

    @Override
    public String repository() {
        return "bucket b, volumes/shop-1/source/files/restic";
    }

    @Override
    public int lastAttempt(Half half) {
        return lastAttempts.getOrDefault(half, 0);
    }

    @Override
    public Optional<Stored> stored() {
        return Optional.ofNullable(stored);
    }

    @Override
    public void store(Stored what) {
        stored = what;
    }

    @Override
    public void create(Half half, int attempt) {
        lastAttempts.put(half, attempt);
        makePod(half, attempt);
    }
}

package dev.mtc.engine.internal.run;

import dev.mtc.api.Phase;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.Provider;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.MoveRequest;
import dev.mtc.api.spi.Mover;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.PhaseGuard;
import dev.mtc.api.spi.StorageProvider;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMover;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The movers, storage providers and guards of a run: those given by hand, then those on the class path. */
public final class Providers {

    private final List<VolumeMover> volumeMovers;
    private final List<ImageMover> imageMovers;
    private final List<StorageProvider> storageProviders;
    private final List<PhaseGuard> guards;

    private Providers(List<Provider> given) {
        volumeMovers = all(VolumeMover.class, given);
        imageMovers = all(ImageMover.class, given);
        storageProviders = all(StorageProvider.class, given);
        guards = all(PhaseGuard.class, given);
    }

    /** {@return the providers given by hand and those on the class path} */
    public static Providers of(List<Provider> given) {
        return new Providers(given);
    }

    private static <T extends Provider> List<T> all(Class<T> type, List<Provider> given) {
        List<T> all = new ArrayList<>();
        given.stream().filter(type::isInstance).map(type::cast).forEach(all::add);
        ServiceLoader.load(type, Providers.class.getClassLoader()).forEach(all::add);
        return List.copyOf(all);
    }

    /** {@return the mover for a volume} */
    public Mover<VolumeMove> forVolume(VolumeMove move) {
        return mover(volumeMovers, move, "volume " + move);
    }

    /** {@return the mover for an image} */
    public Mover<ImageMove> forImage(ImageMove move) {
        return mover(imageMovers, move, "image " + move);
    }

    /** {@return all volume movers, those first that go before others} */
    public List<VolumeMover> volumeMovers() {
        return volumeMovers;
    }

    /** {@return the mover for an image if there is one} */
    public Optional<ImageMover> imageMover(ImageMove move) {
        return first(imageMovers, move);
    }

    /** {@return the mover for a volume if there is one} */
    public Optional<VolumeMover> volumeMover(VolumeMove move) {
        return first(volumeMovers, move);
    }

    private static <Q extends MoveRequest, M extends Mover<Q>> Optional<M> first(List<M> movers, Q request) {
        return movers.stream().filter(mover -> mover.supports(request)).findFirst();
    }

    private static <Q extends MoveRequest> Mover<Q> mover(List<? extends Mover<Q>> movers, Q request, String what) {
        return first(movers, request)
                .orElseThrow(() -> missing(what, "NoMover", "no mover on the class path can move it"));
    }

    /**
     * Asks all guards.
     *
     * @throws RuntimeException if one does not let the phase begin
     */
    public void guard(String runId, Phase phase) {
        guards.forEach(guard -> guard.enter(runId, phase));
    }

    /** {@return an open storage; the caller closes it} */
    public ObjectStore open(Storage storage) {
        return storageProviders.stream()
                .filter(provider -> provider.supports(storage))
                .findFirst()
                .orElseThrow(
                        () -> missing(storage.toString(), "NoStorageProvider", "nothing on the class path opens it"))
                .open(storage);
    }

    private static PlanInvalidException missing(String what, String code, String message) {
        return new PlanInvalidException(
                what, List.of(Problem.error(what, code, message, "add the dependency dev.mtc:mtc-transfer")));
    }
}

package dev.mtc.engine.internal.transfer;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.ImageChoice;
import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;

/** What a run lets its movers use. */
final class RunMoverContext implements MoverContext {

    /** MTC's own image of rsync and stunnel, used where a cluster names none. */
    private static final String DEFAULT_MOVER_IMAGE = "quay.io/konveyor/rsync-transfer:latest";

    private final RunContext context;
    private final MoverNotes notes;
    private final IntSupplier underWay;
    private final RegistryLogins logins;

    /**
     * Makes one.
     *
     * @param notes what movers noted, and note
     * @param underWay how many transfers share a limit
     */
    RunMoverContext(RunContext context, MoverNotes notes, IntSupplier underWay) {
        this.context = context;
        this.notes = notes;
        this.underWay = underWay;
        this.logins = new RegistryLogins(context);
    }

    @Override
    public String runId() {
        return context.runId();
    }

    @Override
    public Map<String, String> labels() {
        return Labels.helper(context.planUid(), context.migrationUid());
    }

    @Override
    public KubernetesClient client(Side side) {
        return context.server(side).client();
    }

    @Override
    public String moverImage(Side side) {
        return context.plan().cluster(side).moverImage().orElse(DEFAULT_MOVER_IMAGE);
    }

    @Override
    public Registry registry(Side side, String host) {
        return logins.registry(side, host);
    }

    @Override
    public ImageChoice images() {
        return context.plan().images();
    }

    @Override
    public EndpointChoice volumeEndpoint() {
        return context.plan().volumeEndpoint();
    }

    @Override
    public OptionalLong volumeBytesPerSecond() {
        OptionalLong limit = context.plan().volumeBytesPerSecond();
        return limit.isEmpty()
                ? limit
                : OptionalLong.of(Math.max(1, limit.getAsLong() / Math.max(1, underWay.getAsInt())));
    }

    @Override
    public Optional<ObjectStore> repository() {
        return context.repository();
    }

    @Override
    public Optional<String> note(String key) {
        return notes.find(key);
    }

    @Override
    public void note(String key, String value) {
        notes.put(key, value);
    }

    @Override
    public Optional<Storage> storage() {
        return context.plan().via();
    }

    @Override
    public Duration pendingLimit() {
        return context.pendingLimit();
    }

    @Override
    public Clock clock() {
        return context.clock();
    }

    @Override
    public Executor executor() {
        return context.executor();
    }
}

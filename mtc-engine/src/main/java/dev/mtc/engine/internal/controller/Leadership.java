package dev.mtc.engine.internal.controller;

import dev.mtc.api.ControllerRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectorBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes part in the election of the controller that works, by a Lease, and again whenever the lead is lost. */
final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final String LEASE = "mtc-controller";
    private static final Duration AFTER_LOSS = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final ControllerRequest request;
    private final ScheduledExecutorService threads;
    private final Runnable won;
    private final Runnable lost;
    private @Nullable CompletableFuture<?> election;
    private @Nullable Future<?> next;
    private boolean closed;
    private boolean leads;

    /**
     * Takes no part yet.
     *
     * @param threads where the election goes on; not closed
     * @param won called when the lead was won, soon to return
     * @param lost called when the lead was lost, soon to return
     */
    Leadership(
            KubernetesClient client,
            ControllerRequest request,
            ScheduledExecutorService threads,
            Runnable won,
            Runnable lost) {
        this.client = client;
        this.request = request;
        this.threads = threads;
        this.won = won;
        this.lost = lost;
    }

    /** Takes part from now on. */
    synchronized void begin() {
        if (closed) {
            return;
        }
        LeaderElector elector = new LeaderElectorBuilder(client, threads)
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(LEASE)
                        .withLock(new LeaseLock(request.namespace(), LEASE, request.identity()))
                        .withLeaseDuration(request.lease())
                        .withRenewDeadline(request.lease().multipliedBy(2).dividedBy(3))
                        .withRetryPeriod(request.lease().dividedBy(7))
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                this::won,
                                this::lost,
                                leader -> LOG.debug("{} leads in {}", leader, request.namespace())))
                        .build())
                .build();
        election = elector.start();
    }

    private void won() {
        synchronized (this) {
            if (closed) {
                return;
            }
            leads = true;
        }
        won.run();
    }

    private void lost() {
        synchronized (this) {
            if (!leads) {
                return;
            }
            leads = false;
        }
        lost.run();
        again();
    }

    private synchronized void again() {
        if (!closed) {
            LOG.debug("{} takes part in the election again", request.identity());
            next = threads.schedule(this::begin, AFTER_LOSS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Gives the lead up, so that another controller has it at once. */
    @Override
    public void close() {
        CompletableFuture<?> running;
        synchronized (this) {
            closed = true;
            running = election;
            if (next != null) {
                next.cancel(false);
            }
        }
        if (running != null) {
            running.cancel(true);
        }
    }
}

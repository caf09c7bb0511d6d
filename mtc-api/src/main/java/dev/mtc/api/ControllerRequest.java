package dev.mtc.api;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What an engine is asked to look after; made by {@link Controller}.
 *
 * @param host the cluster with MTC's resources
 * @param namespace their namespace
 * @param identity what tells this controller from others
 * @param clusters stand for the MigClusters of their names
 * @param providers movers and storage providers that go before those found by {@link java.util.ServiceLoader}
 * @param clock the clock
 * @param pendingLimit how long pods and claims may stay pending
 * @param lease after which time another controller takes over
 * @param limits how large plans may be
 * @since 0.1
 */
public record ControllerRequest(
        Cluster host,
        String namespace,
        String identity,
        List<Cluster> clusters,
        List<Provider> providers,
        Clock clock,
        Duration pendingLimit,
        Duration lease,
        PlanLimits limits) {

    public ControllerRequest {
        clusters = List.copyOf(clusters);
        providers = List.copyOf(providers);
    }
}

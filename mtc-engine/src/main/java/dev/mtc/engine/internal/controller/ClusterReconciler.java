package dev.mtc.engine.internal.controller;

import dev.mtc.api.Cluster;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.engine.internal.condition.ProblemConditions;
import dev.mtc.engine.internal.plan.ClusterCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks after MigClusters. */
final class ClusterReconciler {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(60);

    private final Host host;
    private final Pass pass;

    ClusterReconciler(Host host, Pass pass) {
        this.host = host;
        this.pass = pass;
    }

    Optional<Duration> reconcile(String name) {
        Optional<MigCluster> cluster = host.store().get(MigCluster.class, host.namespace(), name);
        cluster.ifPresent(present -> pass.over(present, this::look));
        return cluster.map(present -> LOOK_AGAIN);
    }

    private void look(MigCluster object, Conditions conditions) {
        ProblemConditions.judge(problems(object), conditions, "The cluster is ready.");
        object.getSpec().setRefresh(false);
        object.getStatus().setObservedDigest(ObservedDigest.of(object.getSpec()));
    }

    private List<Problem> problems(MigCluster object) {
        try {
            Cluster cluster = host.around(object).cluster(object.getMetadata().getName());
            object.getStatus()
                    .setRegistryPath(cluster.registry().map(Registry::host).orElse(null));
            return ClusterCheck.of(cluster).problems();
        } catch (PlanInvalidException e) {
            return e.problems();
        }
    }
}

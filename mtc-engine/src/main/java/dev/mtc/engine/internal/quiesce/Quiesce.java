package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.objects.Lanes;
import dev.mtc.engine.internal.quiesce.Found.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the applications of some namespaces and starts them again.
 *
 * <ul>
 *   <li>Stopped are CronJobs, DeploymentConfigs, Deployments, StatefulSets, DaemonSets, Jobs (those of CronJobs too), and
 *       ReplicaSets and ReplicationControllers that belong to none of these. Each notes on itself how it was.
 *   <li>What is found stopped is left alone and so never started: replicas of 0, suspended CronJobs and Jobs, Jobs that
 *       have ended.
 *   <li>Started is what carries such a note. If someone scaled it up meanwhile, that stays. The note goes in any case.
 *   <li>HorizontalPodAutoscalers rest while replicas are 0. What they scale gets the replicas it had.
 *   <li>What an operator or autoscaler brings back is stopped again and told about, with its name.
 *   <li>Bare pods, and pods of controllers that are none of these kinds, are not touched. Static pods are ignored.
 * </ul>
 *
 * Every call may be repeated, also after it was broken off in the middle. Blocks; lists and patches run side by side.
 */
public final class Quiesce {

    private static final Logger LOG = LoggerFactory.getLogger(Quiesce.class);
    private static final int MAX_CONFLICTS = 8;

    private static final Set<Workload> OWNED = EnumSet.of(Workload.REPLICA_SET, Workload.REPLICATION_CONTROLLER);

    /**
     * A CronJob is suspended before Jobs are listed, or one that it starts in between is missed. What others may own comes
     * after them, because they copy their annotations to it.
     */
    private static final List<Set<Workload>> ROUNDS = List.of(
            EnumSet.of(Workload.CRON_JOB),
            EnumSet.range(Workload.DEPLOYMENT_CONFIG, Workload.JOB).stream()
                    .filter(workload -> !OWNED.contains(workload))
                    .collect(Collectors.toUnmodifiableSet()),
            OWNED);

    private final ApiServer server;
    private final Discovery discovery;
    private final Executor executor;
    private final Collection<String> namespaces;
    private final String labelSelector;
    private final Predicate<ObjectNode> concerned;

    private Quiesce(ApiServer server, Discovery discovery, Executor executor, Scope scope) {
        this.server = server;
        this.discovery = discovery;
        this.executor = executor;
        this.namespaces = scope.namespaces();
        this.labelSelector = scope.labelSelector();
        this.concerned = scope.concerned();
    }

    /** {@return the kinds that are stopped} */
    public static List<String> resources() {
        return Arrays.stream(Workload.values()).map(Workload::resource).toList();
    }

    /**
     * Which workloads.
     *
     * @param namespaces their namespaces
     * @param labelSelector which of them, empty for all
     * @param concerned which of these
     */
    public record Scope(List<String> namespaces, String labelSelector, Predicate<ObjectNode> concerned) {

        /** Copies its list. */
        public Scope {
            namespaces = List.copyOf(namespaces);
        }

        /** All of these namespaces and labels. */
        public Scope(List<String> namespaces, String labelSelector) {
            this(namespaces, labelSelector, workload -> true);
        }
    }

    /**
     * {@return a quiesce; nothing is sent yet}
     *
     * @param server the cluster
     * @param discovery what it serves
     * @param executor on which it lists and patches
     * @param scope which workloads
     */
    public static Quiesce of(ApiServer server, Discovery discovery, Executor executor, Scope scope) {
        return new Quiesce(server, discovery, executor, scope);
    }

    /** Stops everything that runs. */
    public Changes stop() {
        return change(found -> found.stop(Memory.NEW));
    }

    /** Starts everything that {@link #stop} stopped. What is unfinished is finished by a later call of the same. */
    public Changes start() {
        return change(found -> {
            tidy(found);
            return found.isToBePaused() && !found.isObserved() ? Optional.empty() : found.start();
        });
    }

    /** A copied note harms nobody as long as its owner is looked after, so it is not worth a failure. */
    private void tidy(Found found) {
        found.tidying().ifPresent(patch -> {
            try {
                server.merge(found.path(), patch);
            } catch (ClusterAccessException e) {
                LOG.debug("The note that was copied to {} stays there", found, e);
            }
        });
    }

    /** Starts what is left, whether the cluster has seen what went before or not. */
    public Changes finishStart() {
        return change(Found::start);
    }

    /** Stops what has come since {@link #stop}, and again what something brought back; tells what brought it back. */
    public StopAgain stopAgain() {
        Set<String> back = new ConcurrentSkipListSet<>();
        Changes changes = change(found -> {
            if (found.isBack()) {
                back.add(found + " runs again: " + Scaler.of(found) + " scales it; stop or pause that until the "
                        + "migration has ended");
            }
            return found.stop(Memory.OLD);
        });
        return new StopAgain(changes, List.copyOf(back));
    }

    /**
     * What was found when looking again.
     *
     * @param changes what was stopped
     * @param broughtBack sentences that name a workload and what started it again
     */
    public record StopAgain(Changes changes, List<String> broughtBack) {

        /** Copies its list. */
        public StopAgain {
            broughtBack = List.copyOf(broughtBack);
        }
    }

    /** {@return the pods that run in the namespaces, whatever their labels} */
    public RunningPods pods() {
        List<ObjectNode> pods = new ArrayList<>();
        namespaces.forEach(namespace -> pods.addAll(server.list("/api/v1/namespaces/" + namespace + "/pods", "")));
        return RunningPods.of(pods);
    }

    private Changes change(Function<Found, Optional<Change>> how) {
        Notes notes = new Notes(server.role());
        Autoscalers autoscalers = Autoscalers.of(server, discovery, namespaces);
        for (Set<Workload> round : ROUNDS) {
            Lanes lanes = Lanes.on(executor);
            for (Found found : list(round, autoscalers, notes)) {
                lanes.run(() -> change(found, how, notes));
            }
            lanes.drain();
        }
        return notes.changes();
    }

    private Collection<Found> list(Set<Workload> workloads, Autoscalers autoscalers, Notes notes) {
        Queue<Found> all = new ConcurrentLinkedQueue<>();
        Lanes lanes = Lanes.on(executor);
        for (Workload workload : workloads) {
            for (ResourceType type :
                    discovery.versions(workload.resource()).stream().limit(1).toList()) {
                for (String namespace : namespaces) {
                    lanes.run(() -> notes.trying(
                            type.resource() + " " + namespace,
                            () -> server.list(type.collection(namespace), labelSelector).stream()
                                    .filter(concerned)
                                    .forEach(object -> all.add(
                                            new Found(workload, type, object, autoscalers.of(workload, object))))));
                }
            }
        }
        lanes.drain();
        return all;
    }

    private void change(Found listed, Function<Found, Optional<Change>> how, Notes notes) {
        notes.trying(listed.toString(), () -> {
            Found found = listed;
            for (int conflicts = 0; ; conflicts++) {
                Optional<Change> change = how.apply(found);
                if (change.isEmpty()) {
                    notes.unchanged(found);
                    return;
                }
                try {
                    notes.changed(
                            change.get(),
                            server.merge(found.path(), change.get().patch()));
                    return;
                } catch (ClusterAccessException e) {
                    if (e.status() != 409 || conflicts == MAX_CONFLICTS) {
                        throw e;
                    }
                    found = found.with(server.get(found.path()));
                }
            }
        });
    }

    /** What happened so far. Thread-safe. */
    private static final class Notes {

        private final String side;
        private final Queue<String> changed = new ConcurrentLinkedQueue<>();
        private final Queue<String> unfinished = new ConcurrentLinkedQueue<>();
        private final Queue<Problem> warnings = new ConcurrentLinkedQueue<>();
        private final Queue<Changes.Failure> failures = new ConcurrentLinkedQueue<>();

        Notes(String side) {
            this.side = side;
        }

        /** Lets one failure not keep the others from being tried. What is gone meanwhile is none. */
        void trying(String what, Runnable work) {
            try {
                work.run();
            } catch (ClusterAccessException e) {
                if (e.status() != 404) {
                    failures.add(new Changes.Failure(what, e));
                }
            }
        }

        void unchanged(Found found) {
            if (found.isToBePaused()) {
                unfinished.add(found.toString());
            }
        }

        void changed(Change change, ObjectNode answer) {
            Found found = change.found().with(answer);
            changed.add(found.toString());
            unchanged(found);
            change.doubts()
                    .forEach(doubt -> warnings.add(Problem.warning(
                            side + " " + found,
                            "QuiesceNotUndone",
                            "its annotation " + doubt.annotation() + " \"" + doubt.value() + "\" " + doubt.why(),
                            doubt.fix())));
        }

        Changes changes() {
            return new Changes(
                    changed.stream().sorted().toList(),
                    unfinished.stream().sorted().toList(),
                    List.copyOf(warnings),
                    List.copyOf(failures));
        }
    }
}

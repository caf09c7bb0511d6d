package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/**
 * Takes back what a plan brought: in its namespaces on the target, what carries its label, and nothing else. Deleting goes on in
 * the background; {@link #remaining} tells what is left.
 */
public final class Removal {

    /** Kinds that clusters fill by themselves, so that they say nothing about a namespace being in use. */
    private static final Set<String> INCIDENTAL = Set.of(
            "events",
            "events.events.k8s.io",
            "endpoints",
            "endpointslices.discovery.k8s.io",
            "leases.coordination.k8s.io",
            "controllerrevisions.apps");

    private final ApiServer target;
    private final List<ResourceType> kinds;
    private final String planUid;
    private final List<String> namespaces;
    private final Executor executor;

    private Removal(
            ApiServer target, List<ResourceType> kinds, String planUid, List<String> namespaces, Executor executor) {
        this.target = target;
        this.kinds = kinds;
        this.planUid = planUid;
        this.namespaces = List.copyOf(namespaces);
        this.executor = executor;
    }

    /**
     * {@return a removal; nothing is sent yet}
     *
     * @param target the target cluster
     * @param discovery what it serves
     * @param planUid the MigPlan's UID, which the objects' label carries
     * @param namespaces the plan's namespaces on the target
     * @param executor on which it lists and deletes
     */
    public static Removal of(
            ApiServer target, Discovery discovery, String planUid, Collection<String> namespaces, Executor executor) {
        return new Removal(target, SelectedKinds.removable(discovery), planUid, List.copyOf(namespaces), executor);
    }

    /**
     * Deletes the plan's objects. Blocks until all are told to go; may be repeated.
     *
     * @param progress told the number of objects so far, from several threads
     */
    public RestoreResult objects(LongConsumer progress) {
        Ledger ledger = new Ledger(progress);
        Lanes lanes = Lanes.on(executor);
        for (Found found : list(Marks.PLAN + "=" + planUid)) {
            int number = ledger.begin();
            lanes.run(() -> delete(found, number, ledger));
        }
        lanes.drain();
        return ledger.result();
    }

    private void delete(Found found, int number, Ledger ledger) {
        ObjectKey key = found.key();
        try {
            target.delete(found.type().path(key.namespace(), key.name()));
            ledger.note(number, Ledger.outcome(key, Action.DELETED, ""), List.of());
        } catch (MtcException e) {
            String why = String.valueOf(e.getMessage());
            Problem problem = Problem.error(
                    "target " + key, "ObjectNotDeleted", why, "delete it by hand, or run the rollback again");
            ledger.note(number, Ledger.outcome(key, Action.FAILED, why), List.of(problem));
        }
    }

    /** {@return the plan's objects that are still there} */
    public List<ObjectKey> remaining() {
        return list(Marks.PLAN + "=" + planUid).stream().map(Found::key).toList();
    }

    /**
     * Deletes the namespaces that the plan made, unless something foreign is in them; those are kept with a warning. Call it
     * when nothing is {@link #remaining}.
     */
    public RestoreResult namespaces() {
        Ledger ledger = new Ledger(done -> {});
        for (String namespace : namespaces) {
            String path = "/api/v1/namespaces/" + namespace;
            if (made(namespace).filter(object -> !isGoing(object)).isPresent()) {
                delete(namespace, path, ledger);
            }
        }
        return ledger.result();
    }

    private Optional<ObjectNode> made(String namespace) {
        return target.find("/api/v1/namespaces/" + namespace)
                .filter(object -> TargetNamespaces.isMadeByPlan(object, planUid));
    }

    private static boolean isGoing(ObjectNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    /** {@return the namespaces that the plan made and that are being deleted} */
    public List<String> goingNamespaces() {
        return namespaces.stream()
                .filter(namespace -> made(namespace).filter(Removal::isGoing).isPresent())
                .toList();
    }

    private void delete(String namespace, String path, Ledger ledger) {
        ObjectKey key = new ObjectKey("namespaces", "", namespace);
        List<ObjectKey> foreign = foreign(namespace);
        if (foreign.isEmpty()) {
            target.delete(path);
            ledger.note(ledger.begin(), Ledger.outcome(key, Action.DELETED, ""), List.of());
            return;
        }
        String why = "it holds " + foreign.get(0)
                + (foreign.size() == 1 ? "" : " and " + (foreign.size() - 1) + " more objects")
                + " that the plan did not bring";
        ItemOutcome kept = Ledger.outcome(key, Action.SKIPPED, why);
        ledger.note(
                ledger.begin(),
                kept,
                List.of(Problem.warning(
                        "target " + key, "NamespaceKept", why, "delete the namespace by hand if nobody needs it")));
    }

    /** {@return what someone else put into a namespace} */
    private List<ObjectKey> foreign(String namespace) {
        List<ObjectKey> found = new ArrayList<>();
        for (ResourceType type : kinds) {
            if (!INCIDENTAL.contains(type.resource())) {
                each(type, namespace, "", object -> {
                    if (isForeign(type, object)) {
                        found.add(key(type, namespace, object));
                    }
                });
            }
        }
        return found;
    }

    private boolean isForeign(ResourceType type, ObjectNode object) {
        boolean ours = Json.text(object, "metadata", "labels", Marks.PLAN).equals(planUid);
        boolean owned = Json.objects(object.path("metadata").path("ownerReferences")).stream()
                .anyMatch(owner -> owner.path("controller").asBoolean());
        return !ours
                && !isGoing(object)
                && !owned
                && !Marks.isEverywhere(type.resource(), Json.text(object, "metadata", "name"))
                && ClusterMade.reason(type.resource(), object).isEmpty();
    }

    /** An object that was listed. */
    private record Found(ResourceType type, ObjectKey key) implements Comparable<Found> {
        @Override
        public int compareTo(Found other) {
            return key.compareTo(other.key);
        }
    }

    private Set<Found> list(String selector) {
        Set<Found> found = new ConcurrentSkipListSet<>();
        Lanes lanes = Lanes.on(executor);
        for (ResourceType type : kinds) {
            for (String namespace : namespaces) {
                lanes.run(() -> each(
                        type, namespace, selector, object -> found.add(new Found(type, key(type, namespace, object)))));
            }
        }
        lanes.drain();
        return found;
    }

    private void each(
            ResourceType type, String namespace, String selector, java.util.function.Consumer<ObjectNode> consumer) {
        try {
            Pages.of(target, type, namespace, selector).forEach(consumer);
        } catch (ClusterAccessException e) {
            boolean notListableAfterAll = e.status() == 404 || e.status() == 405;
            if (!notListableAfterAll) {
                throw e;
            }
        }
    }

    private static ObjectKey key(ResourceType type, String namespace, ObjectNode object) {
        return new ObjectKey(type.resource(), namespace, Json.text(object, "metadata", "name"));
    }
}

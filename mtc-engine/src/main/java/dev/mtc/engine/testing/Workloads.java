package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands changed workloads, and those that own what changed, to the controllers of their kinds. */
final class Workloads implements Consumer<Change> {

    /** Brings what a workload owns in line with what it wants. */
    interface Reconciler {
        void reconcile(ResourceType type, ObjectNode workload);
    }

    static final Writes.Options SELF = Writes.Options.by("kube-controller-manager");
    static final String PODS = "/pods";

    private final Store store;
    private final Catalog catalog;
    private final OwnerIndex index;
    private final Writes writes;
    private final Deletes deletes;
    private final ControlLoop loop;
    private final Map<String, Reconciler> reconcilers;
    private final Set<OwnerIndex.Ref> queued = ConcurrentHashMap.newKeySet();

    Workloads(Store store, Catalog catalog, OwnerIndex index, Writes writes, Deletes deletes, ControlLoop loop) {
        this.store = store;
        this.catalog = catalog;
        this.index = index;
        this.writes = writes;
        this.deletes = deletes;
        this.loop = loop;
        ReplicaController replicas = new ReplicaController(this);
        this.reconcilers = Map.of(
                "apps/deployments", new DeploymentController(this),
                "apps/replicasets", replicas,
                "/replicationcontrollers", replicas,
                "apps/statefulsets", new StatefulSetController(this),
                "apps/daemonsets", new DaemonSetController(this),
                "batch/jobs", new JobController(this));
    }

    @Override
    public void accept(Change change) {
        if (reconcilers.containsKey(change.storage()) && change.type() != Change.Type.DELETED) {
            queue(new OwnerIndex.Ref(change.storage(), change.key()));
        }
        OwnerIndex.Ref owner = index.find(Trees.text(OwnerIndex.controller(change.object()), "uid"));
        if (owner != null && reconcilers.containsKey(owner.storage())) {
            queue(owner);
        }
    }

    private void queue(OwnerIndex.Ref ref) {
        if (queued.add(ref)) {
            loop.later(Duration.ZERO, () -> {
                queued.remove(ref);
                reconcile(ref);
            });
        }
    }

    /** Has a workload looked at again after some time. */
    void lookLater(ResourceType type, ObjectNode workload, Duration delay) {
        OwnerIndex.Ref ref = new OwnerIndex.Ref(type.storage(), ObjectKey.of(workload));
        loop.muchLater(delay.plusMillis(1), () -> queue(ref));
    }

    private void reconcile(OwnerIndex.Ref ref) {
        ObjectNode workload = store.find(ref.storage(), ref.key());
        Reconciler reconciler = reconcilers.get(ref.storage());
        ResourceType type = catalog.ofStorage(ref.storage());
        if (workload != null && reconciler != null && type != null && !Trees.isDeleting(workload)) {
            reconciler.reconcile(type, workload);
        }
    }

    ResourceType type(String group, String plural) {
        return catalog.builtIn(group, plural);
    }

    @Nullable
    ObjectNode find(ResourceType type, String namespace, String name) {
        return store.find(type.storage(), new ObjectKey(namespace, name));
    }

    /** {@return the objects of a kind that a workload controls} */
    List<ObjectNode> owned(ObjectNode workload, String storage) {
        return index.controlled(workload, storage);
    }

    /** {@return the pods of a workload that have not ended and shall not} */
    List<ObjectNode> livePods(ObjectNode workload) {
        return owned(workload, PODS).stream()
                .filter(pod -> !Trees.isDeleting(pod) && !hasEnded(pod))
                .toList();
    }

    static boolean hasEnded(JsonNode pod) {
        String phase = Trees.text(pod, "status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    static boolean isReady(JsonNode pod) {
        return Trees.items(Trees.at(pod, "status", "conditions")).stream()
                .anyMatch(c -> Trees.text(c, "type").equals("Ready")
                        && Trees.text(c, "status").equals("True"));
    }

    /** {@return a new object that a workload controls, with its name still to be given} */
    static ObjectNode child(ResourceType type, ResourceType ownerType, ObjectNode owner) {
        ObjectNode child = Trees.object("apiVersion", type.apiVersion(), "kind", type.kind());
        Trees.meta(child)
                .put("namespace", Trees.namespace(owner))
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", ownerType.apiVersion())
                .put("kind", ownerType.kind())
                .put("name", Trees.name(owner))
                .put("uid", Trees.uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        return child;
    }

    /** {@return a pod made after the workload's template, with its name still to be given} */
    ObjectNode podOf(ResourceType ownerType, ObjectNode owner) {
        ObjectNode pod = child(type("", "pods"), ownerType, owner);
        JsonNode template = Trees.at(owner, "spec", "template");
        for (String field : List.of("labels", "annotations", "finalizers")) {
            JsonNode value = Trees.at(template, "metadata", field);
            if (!value.isMissingNode()) {
                Trees.meta(pod).set(field, value.deepCopy());
            }
        }
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }

    void create(ObjectNode tree, ResourceType type) {
        writes.create(type, Trees.namespace(tree), tree, SELF);
    }

    void delete(ResourceType type, ObjectNode tree) {
        deletes.delete(type, ObjectKey.of(tree), Deletes.Options.BACKGROUND);
    }

    void change(ResourceType type, ObjectNode tree, Consumer<ObjectNode> changer) {
        writes.change(type, ObjectKey.of(tree), SELF, changer);
    }

    /** Replaces the counts and other values of a status; zeroes are left out as a real server does. */
    void status(ResourceType type, ObjectNode tree, Map<String, Integer> counts, Consumer<ObjectNode> more) {
        writes.change(type, ObjectKey.of(tree), SELF.toStatus(), t -> {
            ObjectNode status = Trees.in(t, "status");
            if (tree.path("metadata").has("generation")) {
                status.put("observedGeneration", Trees.number(tree, 0, "metadata", "generation"));
            }
            counts.forEach((name, count) -> {
                if (count == 0 && !name.equals("replicas")) {
                    status.remove(name);
                } else {
                    status.put(name, count);
                }
            });
            more.accept(status);
        });
    }

    /** {@return a short name for a template, the same for the same template} */
    static String hash(JsonNode template) {
        String alphabet = "bcdfghjklmnpqrstvwxz2456789";
        StringBuilder hash = new StringBuilder();
        long rest = Integer.toUnsignedLong(template.toString().hashCode());
        for (int i = 0; i < 7; i++) {
            hash.append(alphabet.charAt((int) (rest % alphabet.length())));
            rest /= alphabet.length();
        }
        return hash.toString();
    }

    /** Sets a condition; its time of transition stays while its status does. */
    static void condition(ObjectNode status, String type, boolean holds, String reason) {
        String value = holds ? "True" : "False";
        ObjectNode condition = Trees.objects(Trees.listIn(status, "conditions")).stream()
                .filter(c -> Trees.text(c, "type").equals(type))
                .findFirst()
                .orElseGet(() -> Trees.listIn(status, "conditions").addObject().put("type", type));
        if (!Trees.text(condition, "status").equals(value)) {
            condition.put("status", value).put("lastTransitionTime", Trees.now());
        }
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one must know of an archive's other objects to judge one of them. Immutable after the scan. */
final class Surroundings {

    private static final String SERVICES = "services";
    private static final String AUTOSCALERS = "horizontalpodautoscalers.autoscaling";
    /** What makes another object of its own for each rollout. */
    static final Set<String> ROLLED_OUT = Set.of("deployments.apps", DeploymentConfigs.RESOURCE);
    /** What is made for each rollout. */
    static final Set<String> ROLLOUTS = Set.of("replicasets.apps", "replicationcontrollers");

    private static final String PAUSED_BEFORE = "migration.openshift.io/preQuiescePaused";

    private final Set<String> services = new HashSet<>();
    private final Set<String> selecting = new HashSet<>();
    private final Set<String> autoscaled = new HashSet<>();
    private final Set<ObjectKey> ofCluster = new HashSet<>();
    private final SortedSet<Integer> waves = new TreeSet<>();
    private boolean sorted = true;
    private final Set<String> workloads = new HashSet<>();
    private final Set<String> paused = new HashSet<>();
    private final Map<String, Rollout> newest = new HashMap<>();

    /** A ReplicaSet or ReplicationController and which one of its owner's it is. */
    private record Rollout(String name, long revision) {}

    private Surroundings() {}

    static Surroundings none() {
        return new Surroundings();
    }

    /** Reads the services, autoscalers and what is rolled out of an archive. */
    static Surroundings of(Archive archive) {
        Surroundings found = new Surroundings();
        archive.forEach(found::isTelling, found::note);
        return found;
    }

    private boolean isTelling(ObjectKey key) {
        int wave = ApplyOrder.wave(key.resource());
        sorted &= waves.isEmpty() || waves.last() <= wave;
        waves.add(wave);
        if (key.namespace().isEmpty()) {
            noteOfCluster(key);
        }
        return isOfInterest(key.resource());
    }

    /** {@return the waves of the archive's objects, each a pass over it; one for all where they stand in the order of waves} */
    List<Set<Integer>> passes() {
        return sorted ? List.of(waves) : waves.stream().map(Set::of).toList();
    }

    private static boolean isOfInterest(String resource) {
        return resource.equals(SERVICES)
                || resource.equals(AUTOSCALERS)
                || ROLLED_OUT.contains(resource)
                || ROLLOUTS.contains(resource);
    }

    void noteOfCluster(ObjectKey key) {
        ofCluster.add(key);
    }

    void note(ObjectKey key, ObjectNode object) {
        String namespace = key.namespace();
        JsonNode spec = object.path("spec");
        if (key.resource().equals(SERVICES)) {
            services.add(namespace + "/" + key.name());
            if (!spec.path("selector").isEmpty()) {
                selecting.add(namespace + "/" + key.name());
            }
        } else if (key.resource().equals(AUTOSCALERS)) {
            JsonNode workload = spec.path("scaleTargetRef");
            autoscaled.add(place(namespace, Json.text(workload, "kind"), Json.text(workload, "name")));
        } else if (ROLLED_OUT.contains(key.resource())) {
            String place = place(namespace, Json.text(object, "kind"), key.name());
            workloads.add(place);
            String before = Json.text(object, "metadata", "annotations", PAUSED_BEFORE);
            boolean isPaused = before.isEmpty() ? spec.path("paused").asBoolean() : before.equals("true");
            if (isPaused) {
                paused.add(place);
            }
        } else {
            noteRollout(key, object);
        }
    }

    private void noteRollout(ObjectKey key, ObjectNode object) {
        JsonNode annotations = object.path("metadata").path("annotations");
        long revision = annotations.has("deployment.kubernetes.io/revision")
                ? annotations.path("deployment.kubernetes.io/revision").asLong()
                : annotations
                        .path("openshift.io/deployment-config.latest-version")
                        .asLong();
        for (ObjectNode owner : Json.objects(object.path("metadata").path("ownerReferences"))) {
            newest.merge(
                    place(key.namespace(), Json.text(owner, "kind"), Json.text(owner, "name")),
                    new Rollout(key.name(), revision),
                    (one, other) -> one.revision() >= other.revision() ? one : other);
        }
    }

    /** {@return whether the archive has an object that is in no namespace} */
    boolean has(ObjectKey key) {
        return ofCluster.contains(key);
    }

    /** {@return whether the source has a service of that name} */
    boolean hasService(String namespace, String service) {
        return services.contains(namespace + "/" + service);
    }

    /** {@return whether a service of the source finds its endpoints by a selector} */
    boolean hasSelector(String namespace, String service) {
        return selecting.contains(namespace + "/" + service);
    }

    /** {@return whether an autoscaler of the source sets the replicas of a workload} */
    boolean isAutoscaled(String namespace, String kind, String name) {
        return autoscaled.contains(place(namespace, kind, name));
    }

    /** {@return whether the source has such a Deployment or DeploymentConfig} */
    boolean hasWorkload(String namespace, String kind, String name) {
        return workloads.contains(place(namespace, kind, name));
    }

    /** {@return whether a workload is paused, so that it matters which rollout is its newest} */
    boolean hasPaused() {
        return !paused.isEmpty();
    }

    /** {@return whether this is the newest rollout of a workload that is paused, which the target would not make again} */
    boolean isHeldBack(String namespace, String ownerKind, String owner, String rollout) {
        String place = place(namespace, ownerKind, owner);
        Rollout last = newest.get(place);
        return paused.contains(place) && last != null && last.name().equals(rollout);
    }

    private static String place(String namespace, String kind, String name) {
        return namespace + "/" + kind + "/" + name;
    }
}

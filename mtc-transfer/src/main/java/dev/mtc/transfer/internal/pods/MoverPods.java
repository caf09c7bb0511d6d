package dev.mtc.transfer.internal.pods;

import dev.mtc.api.CopyMethod;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.VolumeMove;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods of a transfer on real clusters, and the claims that they mount. */
public final class MoverPods {

    private static final String DIFFERENCE = "difference=";
    private static final int LOGGED_DIFFERENCES = 30_010;
    private static final int LAST_LINES = 3;

    private final TransferId id;
    private final VolumeMove move;
    private final MoverContext context;

    /** Looks after the pods of a transfer. */
    public MoverPods(TransferId id, VolumeMove move, MoverContext context) {
        this.id = id;
        this.move = move;
        this.context = context;
    }

    /** {@return the pods of a role, those about to go included} */
    public List<Pod> of(PodRole role) {
        return client(role)
                .pods()
                .inNamespace(namespace(role))
                .withLabels(id.labels(role))
                .list()
                .getItems();
    }

    /** {@return the highest attempt that a pod of the role was made for, 0 if there is none} */
    public int highestAttempt(PodRole role) {
        return of(role).stream().mapToInt(PodState::attempt).max().orElse(0);
    }

    /** {@return the last lines of a pod's log} */
    public String logTail(PodRole role, Pod pod) {
        return log(role, pod, LAST_LINES);
    }

    /** {@return what a pod logged of facts that one side only has, empty if its log is lost} */
    public List<String> differences(PodRole role, Pod pod) {
        return log(role, pod, LOGGED_DIFFERENCES)
                .lines()
                .filter(line -> line.startsWith(DIFFERENCE))
                .map(line -> line.substring(DIFFERENCE.length()))
                .toList();
    }

    private String log(PodRole role, Pod pod, int lines) {
        String log = client(role)
                .pods()
                .resource(pod)
                .inContainer(MoverPod.CONTAINER)
                .tailingLines(lines)
                .getLog();
        return log == null ? "" : log;
    }

    /** {@return events about a pod, and about its claim as long as that is not bound, oldest first} */
    public List<Event> events(PodRole role, Pod pod) {
        Stream<String> unbound = isBound(claimOf(role))
                ? Stream.empty()
                : Stream.of(role.claim(move).name());
        return Stream.concat(Stream.of(pod.getMetadata().getName()), unbound)
                .flatMap(name -> client(role)
                        .v1()
                        .events()
                        .inNamespace(namespace(role))
                        .withField("involvedObject.name", name)
                        .list()
                        .getItems()
                        .stream())
                .sorted(Comparator.comparing(PodDiagnosis::time))
                .toList();
    }

    /** {@return a role's claim for people: its name, and its storage class as long as it is not bound} */
    public String claim(PodRole role) {
        String name = role.claim(move).toString();
        PersistentVolumeClaim claim = claimOf(role);
        return claim == null || claim.getStatus() == null || isBound(claim)
                ? name
                : name + " (not bound, storage class " + claim.getSpec().getStorageClassName() + ")";
    }

    private static boolean isBound(@Nullable PersistentVolumeClaim claim) {
        return claim != null
                && claim.getStatus() != null
                && "Bound".equals(claim.getStatus().getPhase());
    }

    /** {@return the size of a role's claim for people, empty if it cannot be told} */
    public String capacity(PodRole role) {
        PersistentVolumeClaim claim = claimOf(role);
        Map<String, Quantity> capacity = claim == null || claim.getStatus() == null
                ? null
                : claim.getStatus().getCapacity();
        return capacity == null || !capacity.containsKey("storage")
                ? ""
                : capacity.get("storage").toString();
    }

    private @Nullable PersistentVolumeClaim claimOf(PodRole role) {
        ClaimRef ref = role.claim(move);
        return client(role)
                .persistentVolumeClaims()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
    }

    /**
     * Makes a pod unless it is there.
     *
     * @param attempt the number in its name
     * @param secret the Secret that it mounts
     * @param environment variables for its script
     */
    public void create(PodRole role, int attempt, String secret, Map<String, String> environment) {
        Map<String, String> labels = labels(role);
        labels.put(TransferId.ATTEMPT_LABEL, Integer.toString(attempt));
        Pod pod = new MoverPod(
                        role,
                        id.podName(role, attempt),
                        namespace(role),
                        labels,
                        context.moverImage(role.side()),
                        role.claim(move).name(),
                        move.choice().method() == CopyMethod.BLOCK,
                        secret,
                        nodeOfUser(role),
                        environment)
                .manifest();
        Absent.create(client(role).pods().inNamespace(namespace(role)).resource(pod));
    }

    /** {@return what everything of a role must carry} */
    public Map<String, String> labels(PodRole role) {
        Map<String, String> labels = new HashMap<>(context.labels());
        labels.putAll(id.labels(role));
        return labels;
    }

    /** A claim that one node only may mount must be mounted where the application has it. */
    private @Nullable String nodeOfUser(PodRole role) {
        String claim = role.claim(move).name();
        return client(role).pods().inNamespace(namespace(role)).list().getItems().stream()
                .filter(pod -> "Running".equals(PodState.phase(pod)) && uses(pod, claim))
                .map(pod -> pod.getSpec().getNodeName())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static boolean uses(Pod pod, String claim) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                        && claim.equals(volume.getPersistentVolumeClaim().getClaimName()));
    }

    /** Deletes a pod. What runs may keep what it has of an unfinished file; what does not run yet has nothing to keep. */
    public void delete(PodRole role, Pod pod) {
        long grace = PodState.of(pod) == PodState.PENDING ? 1 : MoverPod.GRACE_SECONDS;
        client(role).pods().resource(pod).withGracePeriod(grace).delete();
    }

    /** Asks all pods of a role to end; {@return whether none was there} */
    public boolean end(PodRole role) {
        Instant now = context.clock().instant();
        List<Pod> pods = of(role);
        pods.stream().filter(PodState::isLiving).forEach(pod -> delete(role, pod));
        pods.stream().filter(pod -> PodState.lingers(pod, now)).forEach(pod -> forget(role, pod));
        return pods.isEmpty();
    }

    /**
     * A kubelet that sees a pod end by itself while it is deleted, or that meets the deletion while it mounts the volumes, may
     * need a minute to confirm what is long true.
     */
    private void forget(PodRole role, Pod pod) {
        client(role).pods().resource(pod).withGracePeriod(0).delete();
    }

    /** {@return a client of the cluster where the role's pods run} */
    public KubernetesClient client(PodRole role) {
        return context.client(role.side());
    }

    /** {@return the namespace of the role's claim} */
    public String namespace(PodRole role) {
        return role.claim(move).namespace();
    }
}

package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.Verification;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.VolumeMove;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a transfer on real clusters. The target's Secret is its anchor: as long as it exists and is not marked as
 * stopped the transfer does.
 */
final class ClusterObjects implements TransferObjects {

    private static final String KEY = "psk";
    private static final String STOPPED = "mtc.dev/stopped";
    private static final int KEY_BYTES = 32;
    private static final String DIFFERENCE = "difference=";
    private static final int LOGGED_DIFFERENCES = 30_010;

    private final TransferId id;
    private final VolumeMove move;
    private final MoverContext context;
    private final Endpoint endpoint;

    ClusterObjects(TransferId id, VolumeMove move, MoverContext context) {
        this.id = id;
        this.move = move;
        this.context = context;
        this.endpoint = new NodePortEndpoint(
                context.client(Role.RECEIVER.side()), move.target().namespace(), id, labels(Role.RECEIVER));
    }

    @Override
    public boolean isStarted() {
        return anchor().isPresent();
    }

    private Optional<Secret> anchor() {
        return Optional.ofNullable(secret(Role.RECEIVER).get()).filter(secret -> !isStopped(secret));
    }

    private static boolean isStopped(Secret anchor) {
        Map<String, String> annotations = anchor.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(STOPPED);
    }

    @Override
    public void start() {
        if (!isStarted()) {
            secrets(Role.RECEIVER).resource(secret(Role.RECEIVER, newKey(), 0)).createOr(stopped -> stopped.update());
        }
        endpoint.open();
        if (PodState.newest(pods(Role.RECEIVER)).isEmpty()
                && PodState.newest(pods(Role.SENDER)).isEmpty()) {
            createReceiver(1 + highestAttempt(pods(Role.RECEIVER)));
        }
    }

    private static int highestAttempt(List<Pod> pods) {
        return pods.stream().mapToInt(PodState::attempt).max().orElse(0);
    }

    private static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return "mtc:" + HexFormat.of().formatHex(key) + "\n";
    }

    private Secret secret(Role role, String key, int attempt) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(id.name(role))
                .withNamespace(namespace(role))
                .withLabels(labels(role))
                .addToAnnotations(attempt == 0 ? Map.of() : Map.of(TransferId.ATTEMPT_LABEL, Integer.toString(attempt)))
                .endMetadata()
                .withType("Opaque")
                .addToStringData(KEY, key)
                .build();
    }

    @Override
    public List<Pod> pods(Role role) {
        return client(role)
                .pods()
                .inNamespace(namespace(role))
                .withLabels(id.labels(role))
                .list()
                .getItems();
    }

    @Override
    public String logTail(Pod pod) {
        String log = client(Role.SENDER)
                .pods()
                .resource(pod)
                .inContainer(MoverPod.CONTAINER)
                .tailingLines(3)
                .getLog();
        return log == null ? "" : log;
    }

    @Override
    public List<String> differences(Pod pod) {
        String log = client(Role.SENDER)
                .pods()
                .resource(pod)
                .inContainer(MoverPod.CONTAINER)
                .tailingLines(LOGGED_DIFFERENCES)
                .getLog();
        return log == null
                ? List.of()
                : log.lines()
                        .filter(line -> line.startsWith(DIFFERENCE))
                        .map(line -> line.substring(DIFFERENCE.length()))
                        .toList();
    }

    @Override
    public List<Event> events(Role role, Pod pod) {
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

    @Override
    public int lastAttempt() {
        Secret secret = secret(Role.SENDER).get();
        Map<String, String> annotations =
                secret == null ? null : secret.getMetadata().getAnnotations();
        return annotations == null ? 0 : Integer.parseInt(annotations.getOrDefault(TransferId.ATTEMPT_LABEL, "0"));
    }

    @Override
    public String claim(Role role) {
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

    @Override
    public String capacity(Role role) {
        PersistentVolumeClaim claim = claimOf(role);
        Map<String, Quantity> capacity = claim == null || claim.getStatus() == null
                ? null
                : claim.getStatus().getCapacity();
        return capacity == null || !capacity.containsKey("storage")
                ? ""
                : capacity.get("storage").toString();
    }

    private @Nullable PersistentVolumeClaim claimOf(Role role) {
        ClaimRef ref = role.claim(move);
        return client(role)
                .persistentVolumeClaims()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
    }

    @Override
    public void createReceiver(int attempt) {
        create(Role.RECEIVER, attempt, Map.of());
    }

    @Override
    public Optional<Endpoint.Address> address(Pod receiver) {
        return endpoint.address(receiver);
    }

    @Override
    public String requirement() {
        return endpoint.requirement();
    }

    @Override
    public void createSender(int attempt, Endpoint.Address address) {
        Optional<Secret> anchor = anchor();
        if (anchor.isEmpty()) {
            return;
        }
        secrets(Role.SENDER)
                .resource(secret(Role.SENDER, key(anchor.get()), attempt))
                .createOr(existing -> existing.update());
        create(
                Role.SENDER,
                attempt,
                Map.of(
                        "RECEIVER_HOST",
                        address.host(),
                        "RECEIVER_PORT",
                        Integer.toString(address.port()),
                        "VERIFY",
                        verification(move)
                                .map(level -> level.name().toLowerCase(Locale.ROOT))
                                .orElse("no")));
    }

    /** While the application writes both sides differ anyway. */
    private static Optional<Verification> verification(VolumeMove move) {
        return move.choice().verification().filter(level -> move.pass() == VolumeMove.Pass.COLD);
    }

    private static String key(Secret anchor) {
        return new String(Base64.getDecoder().decode(anchor.getData().get(KEY)), StandardCharsets.US_ASCII);
    }

    private void create(Role role, int attempt, Map<String, String> environment) {
        Map<String, String> labels = new HashMap<>(labels(role));
        labels.put(TransferId.ATTEMPT_LABEL, Integer.toString(attempt));
        Pod pod = new MoverPod(
                        role,
                        id.podName(role, attempt),
                        namespace(role),
                        labels,
                        context.moverImage(role.side()),
                        role.claim(move).name(),
                        id.name(role),
                        nodeOfUser(role),
                        environment)
                .manifest();
        Absent.create(client(role).pods().inNamespace(namespace(role)).resource(pod));
    }

    /** A claim that one node only may mount must be mounted where the application has it. */
    private @Nullable String nodeOfUser(Role role) {
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

    /** What runs may keep what it has of an unfinished file; what does not run yet has nothing to keep. */
    @Override
    public void delete(Role role, Pod pod) {
        long grace = PodState.of(pod) == PodState.PENDING ? 1 : MoverPod.GRACE_SECONDS;
        client(role).pods().resource(pod).withGracePeriod(grace).delete();
    }

    /**
     * Ends what runs, once the anchor says so: what polls at the same time must not make anything again. The Secrets outlive the
     * pods, since a kubelet that finds a Secret missing tries to mount it before it looks whether the pod is to end.
     *
     * @return whether no pod was there
     */
    boolean stop() {
        anchor().ifPresent(anchor ->
                secrets(Role.RECEIVER).resource(stopped(anchor)).update());
        Instant now = context.clock().instant();
        boolean gone = true;
        for (Role role : Role.values()) {
            List<Pod> pods = pods(role);
            pods.stream().filter(PodState::isLiving).forEach(pod -> delete(role, pod));
            pods.stream().filter(pod -> PodState.lingers(pod, now)).forEach(pod -> forget(role, pod));
            gone &= pods.isEmpty();
        }
        return gone;
    }

    private static Secret stopped(Secret anchor) {
        return anchor.edit()
                .editMetadata()
                .addToAnnotations(STOPPED, "true")
                .endMetadata()
                .build();
    }

    /**
     * A kubelet that sees a pod end by itself while it is deleted, or that meets the deletion while it mounts the volumes, may
     * need a minute to confirm what is long true.
     */
    private void forget(Role role, Pod pod) {
        client(role).pods().resource(pod).withGracePeriod(0).delete();
    }

    /** {@return whether nothing was left to be removed} */
    boolean remove() {
        if (!stop()) {
            return false;
        }
        boolean unlocked = secret(Role.SENDER).delete().isEmpty();
        boolean closed = endpoint.close();
        return secret(Role.RECEIVER).delete().isEmpty() && unlocked && closed;
    }

    private KubernetesClient client(Role role) {
        return context.client(role.side());
    }

    private String namespace(Role role) {
        return role.claim(move).namespace();
    }

    private NonNamespaceOperation<Secret, SecretList, Resource<Secret>> secrets(Role role) {
        return client(role).secrets().inNamespace(namespace(role));
    }

    private Resource<Secret> secret(Role role) {
        return secrets(role).withName(id.name(role));
    }

    private Map<String, String> labels(Role role) {
        Map<String, String> labels = new HashMap<>(context.labels());
        labels.putAll(id.labels(role));
        return labels;
    }
}

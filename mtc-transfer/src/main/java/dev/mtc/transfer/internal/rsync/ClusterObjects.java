package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.VolumeChoice;
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
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The objects of a transfer on real clusters. The target's Secret is its anchor: as long as it exists the transfer does. */
final class ClusterObjects implements TransferObjects {

    private static final String KEY = "psk";
    private static final int KEY_BYTES = 32;

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
        return secret(Role.RECEIVER).get() != null;
    }

    @Override
    public void start() {
        if (!isStarted()) {
            Absent.create(secrets(Role.RECEIVER).resource(secret(Role.RECEIVER, newKey(), 0)));
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
    public List<Event> events(Role role, Pod pod) {
        return Stream.of(pod.getMetadata().getName(), role.claim(move).name())
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
        return claim == null
                        || claim.getStatus() == null
                        || "Bound".equals(claim.getStatus().getPhase())
                ? name
                : name + " (not bound, storage class " + claim.getSpec().getStorageClassName() + ")";
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
        String key = key();
        if (key == null) {
            return;
        }
        secrets(Role.SENDER).resource(secret(Role.SENDER, key, attempt)).createOr(existing -> existing.update());
        create(
                Role.SENDER,
                attempt,
                Map.of(
                        "RECEIVER_HOST",
                        address.host(),
                        "RECEIVER_PORT",
                        Integer.toString(address.port()),
                        "VERIFY",
                        verifies(move) ? "yes" : "no"));
    }

    /** While the application writes both sides differ anyway. */
    static boolean verifies(VolumeMove move) {
        return move.pass() == VolumeMove.Pass.COLD && move.choice().check() == VolumeChoice.Copy.Check.VERIFY;
    }

    private @Nullable String key() {
        Secret anchor = secret(Role.RECEIVER).get();
        return anchor == null
                ? null
                : new String(Base64.getDecoder().decode(anchor.getData().get(KEY)), StandardCharsets.US_ASCII);
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

    @Override
    public void delete(Role role, Pod pod) {
        client(role).pods().resource(pod).delete();
    }

    /**
     * Ends what runs, the anchor first: what polls at the same time must not make anything again.
     *
     * @return whether nothing was there
     */
    boolean stop() {
        boolean gone = secret(Role.RECEIVER).delete().isEmpty();
        for (Role role : Role.values()) {
            List<Pod> pods = pods(role);
            pods.stream().filter(PodState::isLiving).forEach(pod -> delete(role, pod));
            pods.stream().filter(PodState::lingers).forEach(pod -> forget(role, pod));
            gone &= pods.isEmpty();
        }
        return gone;
    }

    /** A kubelet that sees a pod end by itself while it is deleted may need a minute to confirm what is long true. */
    private void forget(Role role, Pod pod) {
        client(role).pods().resource(pod).withGracePeriod(0).delete();
    }

    /** {@return whether nothing was left to be removed} */
    boolean remove() {
        boolean stopped = stop();
        boolean unlocked = secret(Role.SENDER).delete().isEmpty();
        boolean closed = endpoint.close();
        return stopped && unlocked && closed;
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

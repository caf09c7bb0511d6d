package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.transfer.internal.pods.Comparison;
import dev.mtc.transfer.internal.pods.MoverPods;
import dev.mtc.transfer.internal.pods.PodState;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The objects of a transfer on real clusters. The target's Secret is its anchor: as long as it exists and is not marked as
 * stopped the transfer does.
 */
final class ClusterObjects implements TransferObjects {

    private static final String KEY = "psk";
    private static final String STOPPED = "mtc.dev/stopped";
    private static final int KEY_BYTES = 32;

    private final TransferId id;
    private final VolumeMove move;
    private final MoverContext context;
    private final MoverPods pods;
    private final Endpoints endpoints;
    private final Means means;

    ClusterObjects(TransferId id, VolumeMove move, MoverContext context, Means means) {
        this.id = id;
        this.move = move;
        this.context = context;
        this.pods = new MoverPods(id, move, context);
        this.means = means;
        this.endpoints = new Endpoints(
                context.volumeEndpoint(),
                new Site(
                        pods.client(Role.SENDER),
                        pods.client(Role.RECEIVER),
                        namespace(Role.RECEIVER),
                        id,
                        labels(Role.RECEIVER)));
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
        endpoints.open();
        if (PodState.newest(pods(Role.RECEIVER)).isEmpty()
                && PodState.newest(pods(Role.SENDER)).isEmpty()) {
            createReceiver(1 + pods.highestAttempt(Role.RECEIVER));
        }
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
        return pods.of(role);
    }

    @Override
    public String logTail(Pod pod) {
        return pods.logTail(Role.SENDER, pod);
    }

    @Override
    public List<String> differences(Pod pod) {
        return pods.differences(Role.SENDER, pod);
    }

    @Override
    public List<Event> events(Role role, Pod pod) {
        return pods.events(role, pod);
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
        return pods.claim(role);
    }

    @Override
    public String capacity(Role role) {
        return pods.capacity(role);
    }

    @Override
    public void createReceiver(int attempt) {
        create(Role.RECEIVER, attempt, Map.of());
    }

    @Override
    public List<Endpoint.Address> addresses(Pod receiver) {
        if (isStarted()) {
            // somebody may have removed them meanwhile
            endpoints.open();
        }
        return endpoints.addresses(receiver);
    }

    @Override
    public String requirement() {
        return endpoints.requirement();
    }

    @Override
    public void createSender(int attempt, List<Endpoint.Address> addresses) {
        Optional<Secret> anchor = anchor();
        if (anchor.isEmpty()) {
            return;
        }
        secrets(Role.SENDER)
                .resource(secret(Role.SENDER, key(anchor.get()), attempt))
                .createOr(existing -> existing.update());
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "ENDPOINTS", addresses.stream().map(Endpoint.Address::line).collect(Collectors.joining("\n")));
        environment.put(
                "VERIFY",
                Comparison.level(move)
                        .map(level -> level.name().toLowerCase(Locale.ROOT))
                        .orElse("no"));
        environment.put("ATTEMPT", Integer.toString(attempt));
        means.streams().ifPresent(streams -> environment.put("STREAMS", Integer.toString(streams)));
        context.volumeBytesPerSecond().ifPresent(rate -> environment.put(Limits.VARIABLE, Long.toString(rate)));
        create(Role.SENDER, attempt, environment);
    }

    @Override
    public void keepLimit(Pod sender) {
        context.volumeBytesPerSecond()
                .ifPresent(rate -> means.limits().keep(id, pods.client(Role.SENDER), sender, rate));
    }

    @Override
    public void holdTunnel(Pod sender) {
        PodState.newest(pods(Role.RECEIVER)).ifPresent(receiver -> means.tunnels()
                .hold(
                        id,
                        new Tunnel.End(pods.client(Role.SENDER), sender),
                        new Tunnel.End(pods.client(Role.RECEIVER), receiver)));
    }

    @Override
    public void dropTunnel() {
        means.tunnels().drop(id);
        means.limits().drop(id);
    }

    private static String key(Secret anchor) {
        return new String(Base64.getDecoder().decode(anchor.getData().get(KEY)), StandardCharsets.US_ASCII);
    }

    private void create(Role role, int attempt, Map<String, String> environment) {
        pods.create(role, attempt, id.name(role), environment);
    }

    @Override
    public void delete(Role role, Pod pod) {
        pods.delete(role, pod);
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
        dropTunnel();
        boolean gone = true;
        for (Role role : Role.values()) {
            gone &= pods.end(role);
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

    /** {@return whether nothing was left to be removed} */
    boolean remove() {
        if (!stop()) {
            return false;
        }
        boolean unlocked = secret(Role.SENDER).delete().isEmpty();
        boolean closed = endpoints.close();
        return secret(Role.RECEIVER).delete().isEmpty() && unlocked && closed;
    }

    private String namespace(Role role) {
        return pods.namespace(role);
    }

    private NonNamespaceOperation<Secret, SecretList, Resource<Secret>> secrets(Role role) {
        return pods.client(role).secrets().inNamespace(namespace(role));
    }

    private Resource<Secret> secret(Role role) {
        return secrets(role).withName(id.name(role));
    }

    private Map<String, String> labels(Role role) {
        return pods.labels(role);
    }
}

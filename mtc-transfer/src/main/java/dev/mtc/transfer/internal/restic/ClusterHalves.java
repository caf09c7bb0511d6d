package dev.mtc.transfer.internal.restic;

import dev.mtc.api.StorageAccessException;
import dev.mtc.api.Verification;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
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
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of a transfer on real clusters: a Secret with the credentials of the repository and pods, on each side. The
 * source's Secret is the anchor: as long as it exists and is not marked as stopped the transfer does. The target's tells what
 * the first half left.
 */
final class ClusterHalves implements Halves {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterHalves.class);
    private static final String STOPPED = "mtc.dev/stopped";
    private static final String STORED = "mtc.dev/stored";
    private static final int NAME_BYTES = 8;

    private final TransferId id;
    private final VolumeMove move;
    private final MoverContext context;
    private final MoverPods pods;
    private final VolumePlace place;

    ClusterHalves(TransferId id, VolumeMove move, MoverContext context) {
        this.id = id;
        this.move = move;
        this.context = context;
        this.pods = new MoverPods(id, move, context);
        this.place = VolumePlace.of(move);
    }

    @Override
    public boolean isStarted() {
        return secret(Half.BACKUP).filter(secret -> !isStopped(secret)).isPresent();
    }

    private static boolean isStopped(Secret anchor) {
        return annotation(anchor, STOPPED).isPresent();
    }

    private static Optional<String> annotation(Secret secret, String name) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(name));
    }

    /** Makes the anchor and the first pod where they are absent. What a stopped transfer stored is older than the source. */
    void start() {
        if (!isStarted()) {
            RepositoryAccess access = RepositoryAccess.of(place, context);
            new VolumeUse(context.runId(), context.clock().instant()).write(access.store(), place);
            all(Half.RESTORE)
                    .forEach(secret -> secrets(Half.RESTORE).resource(secret).delete());
            secret(Half.BACKUP).ifPresent(stopped -> secrets(Half.BACKUP)
                    .resource(stopped.edit()
                            .editMetadata()
                            .removeFromAnnotations(STOPPED)
                            .endMetadata()
                            .build())
                    .update());
            keep(Half.BACKUP, Map.of());
        }
        if (stored().isEmpty() && PodState.newest(pods(Half.BACKUP)).isEmpty()) {
            create(Half.BACKUP, 1 + pods.highestAttempt(Half.BACKUP));
        }
    }

    @Override
    public List<Pod> pods(Half half) {
        return pods.of(half);
    }

    @Override
    public String logTail(Half half, Pod pod) {
        return pods.logTail(half, pod);
    }

    @Override
    public List<String> differences(Pod pod) {
        return pods.differences(Half.RESTORE, pod);
    }

    @Override
    public List<Event> events(Half half, Pod pod) {
        return pods.events(half, pod);
    }

    @Override
    public String claim(Half half) {
        return pods.claim(half);
    }

    @Override
    public String capacity(Half half) {
        return pods.capacity(half);
    }

    @Override
    public String repository() {
        return context.repository().map(ObjectStore::description).orElse("the repository") + ", " + place.restic();
    }

    @Override
    public int lastAttempt(Half half) {
        return secret(half)
                .flatMap(secret -> annotation(secret, TransferId.ATTEMPT_LABEL))
                .map(Integer::parseInt)
                .orElse(0);
    }

    @Override
    public Optional<Stored> stored() {
        return secret(Half.RESTORE)
                .flatMap(secret -> annotation(secret, STORED))
                .map(Stored::parse);
    }

    @Override
    public void store(Stored stored) {
        context.repository().ifPresent(this::listContent);
        keep(Half.RESTORE, Map.of(STORED, stored.json()));
    }

    /** Only a later look at the repository needs it. */
    private void listContent(ObjectStore store) {
        try {
            VolumeContent.note(store, place);
        } catch (StorageAccessException e) {
            LOG.warn("What is below {} is not listed: {}", place.restic(), e.getMessage());
        }
    }

    /** Only the pods of this transfer use the repository, one at a time: what lock is there now a killed one left. */
    @Override
    public void create(Half half, int attempt) {
        RepositoryAccess access = RepositoryAccess.of(place, context);
        unlock(access.store());
        if (half == Half.BACKUP) {
            VolumeContent.forget(access.store(), place);
        }
        Map<String, String> environment = new HashMap<>(access.environment());
        environment.put("PASS", move.pass().name().toLowerCase(Locale.ROOT));
        environment.put(
                "VERIFY",
                Comparison.level(move)
                        .map(Verification::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .orElse("no"));
        environment.put("TAGS", tags());
        environment.put("INIT", access.isMade() ? "no" : "yes");
        environment.put("TIDY", move.pass() == VolumeMove.Pass.HOT && access.hasSnapshots() ? "yes" : "no");
        stored().ifPresent(stored -> {
            environment.put("SNAPSHOT", stored.snapshot());
            environment.put("DESCRIPTION", stored.description());
        });
        String secret = keep(half, Map.of(TransferId.ATTEMPT_LABEL, Integer.toString(attempt)));
        pods.create(half, attempt, secret, environment);
    }

    private String tags() {
        return "plan=" + place.plan() + ",volume=" + place.name() + ",pass="
                + move.pass().name().toLowerCase(Locale.ROOT) + ",run=" + context.runId();
    }

    @Override
    public void delete(Half half, Pod pod) {
        pods.delete(half, pod);
    }

    /** Makes the half's Secret or brings it up to date; {@return its name} */
    private String keep(Half half, Map<String, String> annotations) {
        Optional<Secret> known = secret(half);
        Map<String, String> notes = new HashMap<>(
                known.map(secret -> secret.getMetadata().getAnnotations()).orElse(Map.of()));
        notes.putAll(annotations);
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(known.map(there -> there.getMetadata().getName()).orElseGet(ClusterHalves::newName))
                .withNamespace(pods.namespace(half))
                .withLabels(pods.labels(half))
                .withAnnotations(notes)
                .endMetadata()
                .withType("Opaque")
                .withStringData(RepositoryAccess.of(place, context).secret())
                .build();
        if (known.isPresent()) {
            secrets(half).resource(secret).update();
        } else {
            secrets(half).resource(secret).create();
        }
        return secret.getMetadata().getName();
    }

    private static String newName() {
        byte[] random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        return "mtc-repository-" + HexFormat.of().formatHex(random);
    }

    /**
     * Ends what runs, once the anchor says so: what polls at the same time must not make anything again. The Secrets outlive the
     * pods, since a kubelet that finds a Secret missing tries to mount it before it looks whether the pod is to end.
     *
     * @return whether no pod was there
     */
    boolean stop() {
        secret(Half.BACKUP).filter(anchor -> !isStopped(anchor)).ifPresent(anchor -> secrets(Half.BACKUP)
                .resource(anchor.edit()
                        .editMetadata()
                        .addToAnnotations(STOPPED, "true")
                        .endMetadata()
                        .build())
                .update());
        boolean gone = true;
        for (Half half : Half.values()) {
            gone &= pods.end(half);
        }
        return gone;
    }

    /** {@return whether nothing was left to be removed} */
    boolean remove() {
        if (!stop()) {
            return false;
        }
        List<Secret> restores = all(Half.RESTORE);
        List<Secret> backups = all(Half.BACKUP);
        if (restores.isEmpty() && backups.isEmpty()) {
            return true;
        }
        unlock();
        restores.forEach(secret -> secrets(Half.RESTORE).resource(secret).delete());
        backups.forEach(secret -> secrets(Half.BACKUP).resource(secret).delete());
        return false;
    }

    private void unlock() {
        try {
            context.repository().ifPresent(this::unlock);
        } catch (StorageAccessException e) {
            LOG.warn("Locks below {} stay until the next migration: {}", place.locks(), e.getMessage());
        }
    }

    private void unlock(ObjectStore store) {
        try (Stream<ObjectStat> locks = store.list(place.locks())) {
            locks.map(ObjectStat::key).toList().forEach(store::delete);
        }
    }

    /** Of several, which two processes may have made at the same time, always the same one. */
    private Optional<Secret> secret(Half half) {
        return all(half).stream()
                .min(Comparator.comparing(secret -> secret.getMetadata().getName()));
    }

    private List<Secret> all(Half half) {
        return secrets(half).withLabels(id.labels(half)).list().getItems();
    }

    private NonNamespaceOperation<Secret, SecretList, Resource<Secret>> secrets(Half half) {
        return pods.client(half).secrets().inNamespace(pods.namespace(half));
    }
}

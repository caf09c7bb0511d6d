package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.CopyMethod;
import dev.mtc.api.Route;
import dev.mtc.api.Side;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMover;
import dev.mtc.transfer.internal.pods.ClusterCalls;
import dev.mtc.transfer.internal.pods.MoverPod;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Copies volumes file by file, devices block by block, straight from cluster to cluster. It keeps no state of its own: a reference is enough to go on
 * with a transfer in another process. Tunnels are made again where they are missing.
 */
public final class RsyncVolumeMover implements VolumeMover {

    private static final String ID = "rsync";
    private static final Set<CopyMethod> METHODS = Set.of(CopyMethod.FILESYSTEM, CopyMethod.BLOCK);

    private static final List<PolicyRule> SENDER_RULES = List.of(
            ClusterCalls.rule("pods", "create", "delete", "get", "list"),
            ClusterCalls.rule("pods/log", "get"),
            ClusterCalls.rule("pods/exec", "create", "get"),
            ClusterCalls.rule("secrets", "create", "delete", "get", "update"),
            ClusterCalls.rule("events", "list"),
            ClusterCalls.rule("persistentvolumeclaims", "get"));

    private static final List<PolicyRule> RECEIVER_RULES = List.of(
            ClusterCalls.rule("pods", "create", "delete", "get", "list"),
            ClusterCalls.rule("pods/exec", "create", "get"),
            ClusterCalls.rule("secrets", "create", "delete", "get", "update"),
            ClusterCalls.rule("services", "create", "delete", "get"),
            ClusterCalls.rule("events", "list"),
            ClusterCalls.rule("persistentvolumeclaims", "get"),
            ClusterCalls.rule("nodes", "get"));

    private final Means means;

    /** For {@link java.util.ServiceLoader}. */
    public RsyncVolumeMover() {
        this(OptionalInt.empty());
    }

    /** Sends many small files over a number of connections. */
    RsyncVolumeMover(OptionalInt streams) {
        means = new Means(new Tunnels(), new Limits(), streams);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean supports(VolumeMove request) {
        return METHODS.contains(request.choice().method()) && request.route() == Route.DIRECT;
    }

    @Override
    public List<PolicyRule> requiredRules(Side side) {
        return side == Side.SOURCE ? SENDER_RULES : RECEIVER_RULES;
    }

    @Override
    public Optional<SecurityContext> podSecurity(Side side) {
        return Optional.of(MoverPod.securityContext(side == Side.SOURCE ? Role.SENDER : Role.RECEIVER));
    }

    @Override
    public TransferRef start(VolumeMove request, MoverContext context) {
        TransferId id = TransferId.of(request, context);
        return ClusterCalls.guarded("start copying " + request, () -> {
            new ClusterObjects(id, request, context, means).start();
            return new TransferRef(ID, id.hash());
        });
    }

    @Override
    public TransferStatus poll(TransferRef ref, VolumeMove request, MoverContext context) {
        return ClusterCalls.guarded("look after copying " + request, () -> new Transfer(
                        request, objects(ref, request, context), context.clock().instant(), context.pendingLimit())
                .look());
    }

    @Override
    public void cancel(TransferRef ref, VolumeMove request, MoverContext context) {
        ClusterCalls.guarded("stop copying " + request, () -> {
            objects(ref, request, context).stop();
            return true;
        });
    }

    @Override
    public boolean cleanUp(TransferRef ref, VolumeMove request, MoverContext context) {
        return ClusterCalls.guarded("clean up after copying " + request, () -> objects(ref, request, context)
                .remove());
    }

    private ClusterObjects objects(TransferRef ref, VolumeMove request, MoverContext context) {
        return new ClusterObjects(new TransferId(ref.token()), request, context, means);
    }
}

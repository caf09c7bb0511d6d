package dev.mtc.transfer.internal.restic;

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

/**
 * Copies volumes through the plan's repository. It keeps no state of its own: a reference is enough to go on with a transfer in
 * another process.
 */
public final class ResticVolumeMover implements VolumeMover {

    private static final String ID = "restic";

    private static final List<PolicyRule> RULES = List.of(
            ClusterCalls.rule("pods", "create", "delete", "get", "list"),
            ClusterCalls.rule("pods/log", "get"),
            ClusterCalls.rule("secrets", "create", "delete", "get", "list", "update"),
            ClusterCalls.rule("events", "list"),
            ClusterCalls.rule("persistentvolumeclaims", "get"));

    /** For {@link java.util.ServiceLoader}. */
    public ResticVolumeMover() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean supports(VolumeMove request) {
        return request.choice().method() == CopyMethod.FILESYSTEM && request.route() == Route.INDIRECT;
    }

    @Override
    public List<PolicyRule> requiredRules(Side side) {
        return RULES;
    }

    @Override
    public Optional<SecurityContext> podSecurity(Side side) {
        return Optional.of(MoverPod.securityContext(side == Side.SOURCE ? Half.BACKUP : Half.RESTORE));
    }

    @Override
    public TransferRef start(VolumeMove request, MoverContext context) {
        TransferId id = TransferId.of(request, context);
        return ClusterCalls.guarded("start copying " + request, () -> {
            new ClusterHalves(id, request, context).start();
            return new TransferRef(ID, id.hash());
        });
    }

    @Override
    public TransferStatus poll(TransferRef ref, VolumeMove request, MoverContext context) {
        return ClusterCalls.guarded("look after copying " + request, () -> new ResticTransfer(
                        request, halves(ref, request, context), context.clock().instant(), context.pendingLimit())
                .look());
    }

    @Override
    public void cancel(TransferRef ref, VolumeMove request, MoverContext context) {
        ClusterCalls.guarded(
                "stop copying " + request, () -> halves(ref, request, context).stop());
    }

    @Override
    public boolean cleanUp(TransferRef ref, VolumeMove request, MoverContext context) {
        return ClusterCalls.guarded("clean up after copying " + request, () -> halves(ref, request, context)
                .remove());
    }

    private static ClusterHalves halves(TransferRef ref, VolumeMove request, MoverContext context) {
        return new ClusterHalves(new TransferId(ref.token()), request, context);
    }
}

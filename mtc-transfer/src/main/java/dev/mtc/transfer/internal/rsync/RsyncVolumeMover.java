package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.CopyMethod;
import dev.mtc.api.Remedy;
import dev.mtc.api.Side;
import dev.mtc.api.TransferException;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMover;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Copies volumes file by file, straight from cluster to cluster. It keeps no state of its own: a reference is enough to go on
 * with a transfer in another process.
 */
public final class RsyncVolumeMover implements VolumeMover {

    private static final String ID = "rsync";

    private static final List<PolicyRule> SENDER_RULES = List.of(
            rule("pods", "create", "delete", "get", "list"),
            rule("pods/log", "get"),
            rule("secrets", "create", "delete", "get", "update"),
            rule("events", "list"),
            rule("persistentvolumeclaims", "get"));

    private static final List<PolicyRule> RECEIVER_RULES = List.of(
            rule("pods", "create", "delete", "get", "list"),
            rule("secrets", "create", "delete", "get", "update"),
            rule("services", "create", "delete", "get"),
            rule("events", "list"),
            rule("persistentvolumeclaims", "get"),
            rule("nodes", "get"));

    /** For {@link java.util.ServiceLoader}. */
    public RsyncVolumeMover() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean supports(VolumeMove request) {
        return request.choice().method() == CopyMethod.FILESYSTEM;
    }

    @Override
    public List<PolicyRule> requiredRules(Side side) {
        return side == Side.SOURCE ? SENDER_RULES : RECEIVER_RULES;
    }

    private static PolicyRule rule(String resource, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources(resource)
                .withVerbs(verbs)
                .build();
    }

    @Override
    public TransferRef start(VolumeMove request, MoverContext context) {
        TransferId id = TransferId.of(request, context);
        return guarded("start copying " + request, () -> {
            new ClusterObjects(id, request, context).start();
            return new TransferRef(ID, id.hash());
        });
    }

    @Override
    public TransferStatus poll(TransferRef ref, VolumeMove request, MoverContext context) {
        return guarded("look after copying " + request, () -> new Transfer(
                        request, objects(ref, request, context), context.clock().instant(), context.pendingLimit())
                .look());
    }

    @Override
    public void cancel(TransferRef ref, VolumeMove request, MoverContext context) {
        guarded("stop copying " + request, () -> {
            objects(ref, request, context).stop();
            return true;
        });
    }

    @Override
    public boolean cleanUp(TransferRef ref, VolumeMove request, MoverContext context) {
        return guarded("clean up after copying " + request, () -> objects(ref, request, context)
                .remove());
    }

    private static ClusterObjects objects(TransferRef ref, VolumeMove request, MoverContext context) {
        return new ClusterObjects(new TransferId(ref.token()), request, context);
    }

    private static <T> T guarded(String what, Supplier<T> action) {
        try {
            return action.get();
        } catch (KubernetesClientException e) {
            boolean refused = e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != 429 && e.getCode() != 409;
            throw new TransferException(
                    refused ? Remedy.FIX_INPUT : Remedy.RETRY,
                    "Could not " + what + " because the API server answered: " + e.getMessage()
                            + (refused ? "; grant the permission or lift the quota that it names" : "; try again"),
                    e);
        }
    }
}

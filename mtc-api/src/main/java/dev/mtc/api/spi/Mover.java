package dev.mtc.api.spi;

import dev.mtc.api.Provider;
import dev.mtc.api.Side;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.time.Duration;
import java.util.List;

/**
 * Moves one kind of thing from one place to another. A transfer is known by a reference that outlives the process: after
 * a restart the engine polls the stored reference with a new mover instance. All methods are thread-safe, idempotent and
 * return promptly; work in this process runs on {@link MoverContext#executor()}, work in clusters is looked after at
 * each {@link #poll}.
 *
 * @param <Q> what is moved
 * @since 0.1
 */
public interface Mover<Q extends MoveRequest> extends Provider {

    /**
     * {@return whether this mover can do it}
     *
     * @param request what is to be moved
     */
    boolean supports(Q request);

    /**
     * Starts a transfer, or finds the one already started for {@link MoveRequest#key()}.
     *
     * @param request what is to be moved
     * @param context what the mover may use
     * @return a reference to poll
     * @throws dev.mtc.api.MtcException if it cannot be started
     */
    TransferRef start(Q request, MoverContext context);

    /**
     * Looks after a transfer and tells how it is.
     *
     * @param ref what {@link #start} returned, in this or an earlier process
     * @param request what is moved
     * @param context what the mover may use
     * @return its status; {@link TransferStatus.Lost} if there is nothing left of it or it was cancelled: start it again
     * @throws dev.mtc.api.MtcException if its status cannot be found out; {@link dev.mtc.api.MtcException#remedy()} tells
     *     whether to poll again
     */
    TransferStatus poll(TransferRef ref, Q request, MoverContext context);

    /**
     * Stops a transfer; what was moved stays and is used by the next attempt.
     *
     * @param ref what {@link #start} returned
     * @param request what is moved
     * @param context what the mover may use
     */
    void cancel(TransferRef ref, Q request, MoverContext context);

    /**
     * Removes everything that the transfer needed, on both sides; what was moved stays.
     *
     * @param ref what {@link #start} returned
     * @param request what is moved
     * @param context what the mover may use
     * @return whether nothing is left; false asks to be called again
     */
    boolean cleanUp(TransferRef ref, Q request, MoverContext context);

    /**
     * {@return what the accounts may need to do for this mover, none if nothing is said} Rules for kinds in namespaces are
     * granted in the plan's namespaces only.
     *
     * @param side on which cluster
     */
    default List<PolicyRule> requiredRules(Side side) {
        return List.of();
    }

    /** {@return how long to wait between two calls of {@link #poll}} */
    default Duration pollInterval() {
        return Duration.ofMillis(500);
    }
}

package dev.mtc.api;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What a hook in this process may use, for as long as it runs.
 *
 * @since 0.1
 */
public interface HookContext {

    /** {@return the plan} */
    Plan plan();

    /** {@return the run's id} */
    String runId();

    /**
     * {@return a client of one side, closed by the engine}
     *
     * @param side which
     */
    KubernetesClient client(Side side);
}

package dev.mtc.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the pod that sends a volume reaches the pod that receives it, when volumes are copied directly.
 *
 * @since 0.1
 */
public enum EndpointChoice {
    /**
     * Whatever works, tried before data moves: the address inside the cluster if both sides are the same one; else a NodePort, a
     * Route where the target has them, the receiver's own address; the tunnel where nothing else answers. Load balancers cost
     * money and are made only if asked for.
     */
    AUTO,
    /** A passthrough Route of an OpenShift target. */
    ROUTE,
    /** A Service of type LoadBalancer on the target. */
    LOAD_BALANCER,
    /** A port of the node of the target that runs the receiver. */
    NODE_PORT,
    /** An address inside the target: both sides are the same cluster, or pods of one reach pods of the other. */
    CLUSTER_IP,
    /**
     * Through both API servers and this process, which connects commands in the two pods. Nothing listens outside of the pods;
     * the data is encrypted from pod to pod.
     */
    TUNNEL;

    /** {@return the choice in lower case with dashes, as in manifests, for example {@code node-port}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the choice that a word stands for, if it stands for one}
     *
     * @param word as {@link #word()} has it or as MTC writes it, for example {@code NodePort}
     */
    static Optional<EndpointChoice> ofWord(String word) {
        String letters = word.replace("-", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(choice -> choice.word().replace("-", "").equals(letters))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(EndpointChoice::word).toList();
    }
}

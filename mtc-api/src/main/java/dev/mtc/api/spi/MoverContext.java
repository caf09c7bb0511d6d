package dev.mtc.api.spi;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.ImageChoice;
import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.api.Storage;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * What a mover may use. Valid as long as its run; thread-safe.
 *
 * @since 0.1
 */
public interface MoverContext {

    /** {@return the run's id, an RFC 1123 label} */
    String runId();

    /**
     * {@return the labels that everything made on a cluster must carry} They name plan and run, so that leftovers are found
     * after any end.
     */
    Map<String, String> labels();

    /**
     * {@return a client of one side}
     *
     * @param side which
     */
    KubernetesClient client(Side side);

    /**
     * {@return the image of mover pods on one side}
     *
     * @param side which
     */
    String moverImage(Side side);

    /**
     * {@return how to reach a registry; anonymous verified HTTPS if the plan says nothing about it}
     *
     * @param side whose account to use: the source's to read, the target's to write; both may be on one registry
     * @param host the first part of an image reference
     */
    Registry registry(Side side, String host);

    /** {@return how the plan wants images copied, and which of them may be} */
    default ImageChoice images() {
        return ImageChoice.copy();
    }

    /** {@return how pods that send volumes reach pods that receive them} */
    default EndpointChoice volumeEndpoint() {
        return EndpointChoice.AUTO;
    }

    /**
     * {@return what the copy of one volume may send in a second now, in bytes; empty for as much as it can} It is the share of each in the
     * plan's limit, which changes as others begin and end: ask again as long as the copy runs.
     */
    default OptionalLong volumeBytesPerSecond() {
        return OptionalLong.empty();
    }

    /** {@return the plan's repository, if it has one} */
    Optional<ObjectStore> repository();

    /**
     * {@return what was noted about the run's transfers under a key, in this or an earlier process; empty if nothing was, or
     * if notes are not kept}
     *
     * @param key what it is about, unique among the movers
     */
    default Optional<String> note(String key) {
        return Optional.empty();
    }

    /**
     * Notes something that another process can use to go on. A note is a hint: it may be lost with the process that made it.
     *
     * @param key what it is about, unique among the movers
     * @param value at most a few hundred characters, without secrets; an empty one removes the note
     */
    default void note(String key, String value) {}

    /** {@return where the plan's repository is, if it has one, for what reaches it from elsewhere than this process} */
    default Optional<Storage> storage() {
        return Optional.empty();
    }

    /** {@return how long pods and claims may stay pending before a transfer fails} */
    Duration pendingLimit();

    /** {@return the clock} */
    Clock clock();

    /** {@return where work in this process runs; its threads are daemons} */
    Executor executor();
}

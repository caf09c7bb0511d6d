package dev.mtc.engine.internal.objects;

import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.companion.CompanionKinds;
import dev.mtc.engine.internal.companion.Companions;
import dev.mtc.engine.internal.crds.Establishment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Definitions that were just written, whose kinds are served a moment later. Thread-safe. */
final class NewDefinitions {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ApiServer target;
    private final Queue<ResourceType> kinds = new ConcurrentLinkedQueue<>();

    NewDefinitions(ApiServer target) {
        this.target = target;
    }

    /** Remembers an object that was written if it is a definition. */
    void note(Prepared.Applicable written) {
        if (written.key().resource().equals(CompanionKinds.DEFINITIONS)) {
            kinds.addAll(Companions.kinds(written.object()));
        }
    }

    /** Returns when the kinds of all that were written are served. */
    void await() {
        if (!kinds.isEmpty()) {
            List<ResourceType> expected = new ArrayList<>(kinds);
            Establishment.await(target, expected, LIMIT);
            kinds.removeAll(expected);
        }
    }
}
